package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPaths;
import dev.atmos.cli.config.search.MergeOrder;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.cli.config.trust.ValueSearch;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.EffectWalk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a file, and of the files that it includes, that need approval. The kind of an
 * entry is the one that it has once all files are merged; where none is known, it could be any.
 */
final class TrustScan implements EffectWalk.Visitor {
  private static final String KEYRING_VARIABLE = "env.ATMOS_KEYRING_TYPE";
  private static final int LONGEST_SETTINGS = 1_000;

  private final FileTrust trust;
  private final ConfigFile file;
  private final @Nullable ConfigMap merged;
  private final Optional<Path> home;
  private final List<Found> found = new ArrayList<>();
  private final List<UntrustedFile.Unsupplied> unsupplied = new ArrayList<>();

  /**
   * A value that needs approval.
   *
   * @param path the keys that lead to it from the file that was scanned
   * @param declared whether a schema declares the effect
   */
  record Found(
      Effect effect,
      ConfigValue value,
      String text,
      String path,
      boolean declared,
      boolean secret) {}

  /**
   * @param merged the configuration that the file is a part of; null if it can't be loaded
   */
  TrustScan(FileTrust trust, ConfigFile file, @Nullable ConfigMap merged, Optional<Path> home) {
    this.trust = trust;
    this.file = file;
    this.merged = merged;
    this.home = home;
  }

  /**
   * Scans the file.
   *
   * @param sections what the top-level sections may hold
   */
  void scan(ConfigMap root, Map<String, Schema> sections) {
    EffectWalk walk = new EffectWalk(this);
    for (Map.Entry<String, ConfigMap.Entry> entry : root.entries().entrySet()) {
      String name = entry.getKey();
      if (name.equals(MergeOrder.IMPORT)) {
        imports(entry.getValue().value(), name);
      }
      walk.walk(sections.get(name), entry.getValue().value(), ConfigMap.path("", name));
    }
    keyringVariable(root);
    ConfigMap.Entry keyring = ProtectedSettings.keyring(root);
    if (keyring != null && !ProtectedSettings.isUsual(keyring)) {
      StringBuilder text = new StringBuilder();
      settings(keyring.value(), "", text);
      add(Effect.PROTECTION, keyring.value(), text.toString(), ProtectedSettings.PATH, true, false);
    }
  }

  /** The variable of the keyring is a plain text to the schema, and protected all the same. */
  private void keyringVariable(ConfigMap root) {
    ConfigValue value = ValueSearch.valueAt(root, KEYRING_VARIABLE);
    if (value != null) {
      StringBuilder text = new StringBuilder();
      settings(value, "", text);
      add(Effect.PROTECTION, value, text.toString(), KEYRING_VARIABLE, true, false);
    }
  }

  /** Settings on one line, in the manner of {@code type: file, spec.path: ~/keys}. */
  private static void settings(ConfigValue value, String path, StringBuilder text) {
    if (value instanceof ConfigMap map) {
      map.entries()
          .forEach((key, entry) -> settings(entry.value(), ConfigMap.path(path, key), text));
    } else if (text.length() < LONGEST_SETTINGS) {
      String written =
          switch (value) {
            case ConfigText plain -> plain.text();
            case DeferredValue tagged -> tagged.tag() + " " + tagged.argument();
            default -> "...";
          };
      text.append(text.isEmpty() ? "" : ", ").append(path.isEmpty() ? "" : path + ": ");
      text.append(written.strip());
    }
  }

  /** The values, once for each schema that has them. */
  List<Found> found() {
    return found;
  }

  /** The entries of which nothing is known. */
  List<UntrustedFile.Unsupplied> unsupplied() {
    return unsupplied;
  }

  /** Imports that lead out of the project; of a pattern, the directory that it starts in. */
  private void imports(ConfigValue value, String path) {
    if (value instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        imports(list.items().get(i), path + "[" + i + "]");
      }
    } else if (value instanceof ConfigText text && !text.isNull()) {
      try {
        String start = text.text().replaceFirst("(?s)[^/]*[*?\\[{].*", "");
        Path target = ConfigPaths.resolve(file.basePath(home), start, home);
        if (trust.roots().isOutside(file, target)) {
          add(Effect.READS, text, text.text(), path, true, false);
        }
      } catch (InvalidPathException | AtmosException e) {
        // Such an import is an error, and reads nothing.
      }
    }
  }

  @Override
  public void value(Effect effect, ConfigValue value, String text, String path, Schema schema) {
    boolean executed = value instanceof DeferredValue tagged && tagged.tag().equals(Tags.EXEC);
    if (effect == Effect.PROTECTION
        ? !path.startsWith(ProtectedSettings.PATH)
        : executed || trust.needsTrust(effect, file, made(effect, value, text))) {
      boolean declared = executed || schema.type() != Schema.Type.ANYTHING;
      // What may be run is always shown.
      boolean secret = schema.isSecret() && effect != Effect.COMMAND;
      add(effect, value, text, path, declared, secret);
    }
  }

  /** What a tag that runs nothing makes now; the values of others as they are written. */
  private static String made(Effect effect, ConfigValue value, String text) {
    if (!(value instanceof DeferredValue tagged)) {
      return text;
    }
    String name = effect == Effect.ENVIRONMENT ? text.substring(0, text.indexOf('=') + 1) : "";
    try {
      return tagged.resolved() instanceof ConfigText made ? name + made.text() : text;
    } catch (AtmosException e) {
      return text;
    }
  }

  @Override
  public void variable(ConfigValue value, String path, String field) {
    if (value.resolved() instanceof ConfigText text) {
      String variable = text.variable();
      // The default of a variable is the file's own; what isn't a tag's was included.
      boolean own = variable == null && value instanceof DeferredValue;
      if (!own && trust.needsTrustToPass(variable == null ? "" : variable, field, text.text())) {
        String shown = variable == null ? text.position().source().name() : variable;
        add(Effect.DATA, value, shown, path, true, false);
      }
    }
  }

  @Override
  public void included(DeferredValue value, String path, String field) {
    if (!trust.isTrusted(value.position())) {
      unsupplied.add(new UntrustedFile.Unsupplied("", path, value.position()));
    }
  }

  @Override
  public ConfigMap merged(ConfigMap part, String path) {
    ConfigValue known = merged == null ? null : ValueSearch.valueAt(merged, path);
    return known instanceof ConfigMap map ? map : part;
  }

  @Override
  public void unsupplied(String kind, ConfigMap entry, String path) {
    unsupplied.add(new UntrustedFile.Unsupplied(kind, path, entry.position()));
  }

  private void add(
      Effect effect,
      ConfigValue value,
      String text,
      String path,
      boolean declared,
      boolean secret) {
    found.add(new Found(effect, value, text, path, declared, secret));
  }
}
