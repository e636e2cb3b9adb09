package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.system.Digests;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which identity the user has chosen by {@code atmos auth use}, and which ones before: for a
 * project, which is the directory of the file with the {@code auth} section that counts most, and a
 * realm. It counts for commands that people type, and never for those that programs run. It is kept
 * in a file of the state directory:
 *
 * <pre>
 * # /home/ann/infra
 * chosen=prod
 * recent=prod
 * recent=dev
 * </pre>
 */
public final class ChosenIdentity {
  private static final String CHOSEN = "chosen=";
  private static final String RECENT = "recent=";
  private static final int MOST_RECENT = 10;
  private static final int MOST_BYTES = 64 * 1024;

  private final Services services;
  private final Path project;
  private final @Nullable Path file;

  private record Choice(@Nullable String chosen, List<String> recent) {}

  /** The choice for the configuration that the services have. */
  public ChosenIdentity(Services services) {
    this.services = services;
    ConfigMap auth = services.configMap(AuthFields.AUTH).orElse(null);
    Path place = auth == null ? null : services.trust().directory(auth.position());
    project = place == null ? services.directories().workingDirectory() : place;
    Path state = services.directories().state().orElse(null);
    file = state == null ? null : below(state).resolve(key(realm(auth)));
  }

  private static Path below(Path state) {
    return state.resolve("auth").resolve("choices");
  }

  private String realm(@Nullable ConfigMap auth) {
    Optional<String> variable = services.environment().nonEmpty("ATMOS_AUTH_REALM");
    if (variable.isPresent()) {
      return variable.get();
    }
    ConfigText text = StaticValues.text(auth, AuthFields.REALM);
    return text == null ? "" : text.text();
  }

  private String key(String realm) {
    return Digests.sha256Hex((project + "\0" + realm).getBytes(StandardCharsets.UTF_8));
  }

  /** Whose choice it is: the directory of the project. */
  public Path project() {
    return project;
  }

  /** The name of the identity; empty if none is chosen. */
  public Optional<String> name() {
    return Optional.ofNullable(read().chosen());
  }

  /** The names of those that were used last, the last one first. */
  public List<String> recent() {
    return read().recent();
  }

  /**
   * Chooses an identity.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if that can't be kept
   */
  public void choose(String name) {
    change(before -> new Choice(name, with(name, before.recent())));
  }

  /** Chooses none. */
  public void unset() {
    change(before -> new Choice(null, before.recent()));
  }

  /** Puts an identity first among the recent ones; does nothing where that can't be kept. */
  public void used(String name) {
    List<String> recent = recent();
    if (file != null && isKept(name) && (recent.isEmpty() || !recent.get(0).equals(name))) {
      try {
        change(before -> new Choice(before.chosen(), with(name, before.recent())));
      } catch (AtmosException e) {
        services.console().debug(e.sentence());
      }
    }
  }

  private static List<String> with(String name, List<String> recent) {
    List<String> names = new ArrayList<>(List.of(name));
    for (String other : recent) {
      if (!other.equals(name) && names.size() < MOST_RECENT) {
        names.add(other);
      }
    }
    return names;
  }

  private static boolean isKept(String name) {
    return name.indexOf('\n') < 0 && name.indexOf('\r') < 0;
  }

  private Choice read() {
    if (file == null) {
      return new Choice(null, List.of());
    }
    String text = "";
    try {
      byte[] content = services.privateFiles().read(file, MOST_BYTES).orElse(new byte[0]);
      text = new String(content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      AtmosException failure = failure("can't read ", file, e);
      if (!FileReason.of(e).equals(FileReason.DENIED)) {
        throw failure;
      }
      // The home directory of another user, as it is in many containers, has no choice of this one.
      services.console().debug(failure.sentence());
    }
    String chosen = null;
    List<String> recent = new ArrayList<>();
    for (int begin = 0; begin < text.length(); ) {
      int end = text.indexOf('\n', begin);
      String line = text.substring(begin, end < 0 ? text.length() : end);
      begin += line.length() + 1;
      if (line.startsWith(CHOSEN)) {
        chosen = line.substring(CHOSEN.length());
      } else if (line.startsWith(RECENT)) {
        recent.add(line.substring(RECENT.length()));
      }
    }
    return new Choice(chosen, recent);
  }

  private void change(UnaryOperator<Choice> change) {
    Path place = file;
    if (place == null) {
      throw new AtmosException(
          ExitCode.FAILED,
          "a choice can't be kept without a home directory",
          "name the identity: --identity NAME, or ATMOS_IDENTITY=NAME");
    }
    services
        .locks()
        .exclusively(
            place.resolveSibling("lock"),
            "the choice of an identity",
            Duration.ofSeconds(5),
            () -> {
              write(place, change.apply(read()));
              return true;
            });
  }

  private void write(Path place, Choice choice) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(project.toString().replaceAll("\\R", " ")).append('\n');
    if (choice.chosen() != null) {
      if (!isKept(choice.chosen())) {
        throw new AtmosException(ExitCode.USAGE, "a name with a line break can't be kept");
      }
      text.append(CHOSEN).append(choice.chosen()).append('\n');
    }
    choice.recent().forEach(name -> text.append(RECENT).append(name).append('\n'));
    try {
      services.privateFiles().write(place, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure("can't write ", place, e);
    }
  }

  private static AtmosException failure(String problem, Path file, IOException e) {
    return new AtmosException(ExitCode.FAILED, problem + file + ": " + FileReason.of(e), null, e);
  }
}
