package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages about kinds that no installed plugin supplies, with hints from a catalogue of kinds that
 * plugins are known to supply. The catalogue never decides what is valid.
 */
public final class KindCatalog {
  private static final String RESOURCE = "kinds.properties";

  private KindCatalog() {}

  /** One sentence: no plugin supplies the kind of a definition. */
  public static String sentence(AuthPart part, String name, String kind) {
    return "no plugin supplies kind " + DisplayNames.quoted(kind) + " of " + part.described(name);
  }

  /** The hint to that sentence. */
  public static @Nullable String hint(KindRegistry registry, AuthPart part, String kind) {
    String supplier = catalogue().getProperty(kind);
    if (supplier != null) {
      return "a plugin for " + supplier + " could supply it";
    }
    List<String> known = part.kinds(registry).names();
    return NearestNames.question(kind, known)
        .orElse(known.isEmpty() ? null : "known: " + DisplayNames.list(known));
  }

  /** The failure of a command that needs a definition whose kind nothing supplies. */
  public static AtmosException failure(
      KindRegistry registry, AuthPart part, String name, String kind, Position position) {
    return new AtmosException(
        ExitCode.PLUGIN,
        position + ": " + sentence(part, name, kind) + "\n" + position.excerpt(),
        hint(registry, part, kind),
        null);
  }

  /** The other part that has a kind; empty where none has. */
  static Optional<AuthPart> elsewhere(KindRegistry registry, AuthPart part, String kind) {
    return Arrays.stream(AuthPart.values())
        .filter(other -> other != part && other.kinds(registry).names().contains(kind))
        .findFirst();
  }

  /** Asks whether another kind was intended; empty where none is near, or the kind is known. */
  static Optional<String> question(KindRegistry registry, AuthPart part, String kind) {
    Set<String> catalogued = catalogue().stringPropertyNames();
    List<String> candidates = new ArrayList<>(part.kinds(registry).names());
    candidates.addAll(catalogued);
    return catalogued.contains(kind) ? Optional.empty() : NearestNames.question(kind, candidates);
  }

  private static Properties catalogue() {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(KindCatalog.class.getResourceAsStream(RESOURCE)),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue of kinds can't be read", e);
    }
    return properties;
  }
}
