package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is written, in a form that no other value has: tags as tags, whatever they make
 * now. What an include brings is a part of it.
 */
final class WrittenValue {
  private static final int LONGEST = 1024 * 1024;

  private final StringBuilder text = new StringBuilder();

  private WrittenValue() {}

  /**
   * The SHA-256 of that form, with a text before it.
   *
   * @param whole whether what an include brings is a part of the value
   */
  static String digest(String before, ConfigValue value, boolean whole) {
    WrittenValue written = new WrittenValue();
    written.quoted(before);
    if (!whole && value instanceof DeferredValue tagged) {
      written.tagged(tagged.tag(), tagged.argument());
    } else {
      written.add(value);
    }
    return TrustRecord.sha256(written.text.toString());
  }

  private void add(ConfigValue value) {
    if (text.length() > LONGEST) {
      // Aliases of aliases multiply a small file without end.
      throw new AtmosException(
          ExitCode.USAGE, value.position() + ": this is too much to be trusted");
    }
    switch (value) {
      case ConfigText variable when variable.argument() != null ->
          tagged("!env", variable.argument());
      case ConfigText scalar -> {
        if (scalar.isNull()) {
          text.append('~');
        } else {
          quoted(scalar.text());
        }
      }
      case ConfigMap map -> {
        text.append('{');
        for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
          quoted(entry.getKey());
          text.append(':');
          add(entry.getValue().value());
        }
        text.append('}');
      }
      case ConfigList list -> {
        text.append('[');
        list.items().forEach(this::add);
        text.append(']');
      }
      case DeferredValue tagged -> {
        tagged(tagged.tag(), tagged.argument());
        ConfigValue brought = brought(tagged);
        if (brought != null) {
          add(brought);
        }
      }
    }
  }

  /** What an include or a list to append brings; null for another tag, and if it can't be read. */
  static @Nullable ConfigValue brought(DeferredValue tagged) {
    if (!tagged.tag().startsWith(ConfigMerge.INCLUDE) && !tagged.tag().equals(ConfigMerge.APPEND)) {
      return null;
    }
    try {
      return tagged.brought();
    } catch (AtmosException e) {
      // It is an error where it is used.
      return null;
    }
  }

  private void tagged(String tag, String argument) {
    text.append(tag);
    quoted(argument);
  }

  private void quoted(String part) {
    text.append(part.length()).append('"').append(part).append('"');
  }
}
