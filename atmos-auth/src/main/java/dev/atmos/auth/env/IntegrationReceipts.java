package dev.atmos.auth.env;

import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.system.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which integrations were set up since the last sign-in, with success or without: one file for each
 * identity of a configuration, with a digest of each integration's definition. So a failure isn't
 * repeated by every program, and what the user has removed stays removed. A file that can't be read
 * or written is as good as none.
 */
public final class IntegrationReceipts {
  private static final int MOST_BYTES = 1024 * 1024;

  private final Services services;

  /** Below the state directory that these services have. */
  public IntegrationReceipts(Services services) {
    this.services = services;
  }

  /** Whether one of these integrations of an identity has no receipt. */
  public boolean lacks(String identity, List<ConfiguredIntegration> integrations) {
    List<ConfiguredIntegration> atSignIn = new ArrayList<>();
    for (ConfiguredIntegration each : integrations) {
      if (each.atSignIn()) {
        atSignIn.add(each);
      }
    }
    return !atSignIn.isEmpty() && !read(identity).containsAll(digests(atSignIn));
  }

  /** Writes down that these integrations of an identity were set up, or that it was tried. */
  public void write(String identity, List<ConfiguredIntegration> integrations) {
    Optional<Path> file = file(identity);
    if (file.isEmpty() || integrations.isEmpty()) {
      return;
    }
    try {
      String text = String.join("\n", digests(integrations)) + "\n";
      services.privateFiles().write(file.get(), text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      services.console().debug("what was set up isn't written down: " + e.getMessage());
    }
  }

  /** Forgets an identity's receipt: the next program sets up its integrations. */
  public void remove(String identity) {
    try {
      Optional<Path> file = file(identity);
      if (file.isPresent()) {
        services.privateFiles().delete(file.get());
      }
    } catch (IOException e) {
      services.console().debug("what was set up isn't forgotten: " + e.getMessage());
    }
  }

  private Set<String> read(String identity) {
    try {
      Optional<Path> file = file(identity);
      Optional<byte[]> content =
          file.isEmpty() ? Optional.empty() : services.privateFiles().read(file.get(), MOST_BYTES);
      return content
          .map(bytes -> Set.of(new String(bytes, StandardCharsets.US_ASCII).split("\n")))
          .orElse(Set.of());
    } catch (IOException | IllegalArgumentException e) {
      services.console().debug("what was set up isn't known: " + e.getMessage());
      return Set.of();
    }
  }

  /** By the configuration, because names of identities mean something else in another one. */
  private Optional<Path> file(String identity) {
    Map<String, String> selection = new TreeMap<>(services.configSelection().variablesOf(identity));
    String id = Digests.sha256Hex((selection + identity).getBytes(StandardCharsets.UTF_8));
    return services
        .directories()
        .state()
        .map(state -> state.resolve("auth").resolve("integrations").resolve(id));
  }

  private static Set<String> digests(List<ConfiguredIntegration> integrations) {
    Set<String> digests = new LinkedHashSet<>();
    for (ConfiguredIntegration each : integrations) {
      String text = each.name() + text(ConfigDefinition.fields(each.definition()));
      digests.add(Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)));
    }
    return digests;
  }

  /** What a value says, wherever it stands. */
  private static String text(ConfigValue value) {
    return switch (value) {
      case ConfigText text -> text.text();
      case DeferredValue deferred -> deferred.tag() + " " + deferred.argument();
      case ConfigList list ->
          list.items().stream().map(IntegrationReceipts::text).toList().toString();
      case ConfigMap map -> {
        List<String> fields = new ArrayList<>();
        map.entries().forEach((name, entry) -> fields.add(name + "=" + text(entry.value())));
        yield fields.toString();
      }
    };
  }
}
