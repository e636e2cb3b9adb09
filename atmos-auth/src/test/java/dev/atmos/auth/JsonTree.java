package dev.atmos.auth;

import dev.atmos.plugin.io.DataFormats;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON, and the same for YAML, which JSON is a part of. Remembers the trees. */
public final class JsonTree implements DataFormats {
  private @Nullable Object asJson;
  private @Nullable Object asYaml;

  @Override
  public String json(@Nullable Object tree) {
    asJson = tree;
    return written(tree);
  }

  @Override
  public String yaml(@Nullable Object tree) {
    asYaml = tree;
    return written(tree);
  }

  public @Nullable Object asJson() {
    return asJson;
  }

  public @Nullable Object asYaml() {
    return asYaml;
  }

  public static String written(@Nullable Object tree) {
    StringBuilder text = new StringBuilder();
    write(text, tree, "\n");
    return text.append('\n').toString();
  }

  private static void write(StringBuilder text, @Nullable Object value, String line) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{" + line + "  ";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator);
        string(text, (String) entry.getKey());
        text.append(": ");
        write(text, entry.getValue(), line + "  ");
        separator = "," + line + "  ";
      }
      text.append(map.isEmpty() ? "{}" : line + "}");
    } else if (value instanceof Collection<?> items) {
      String separator = "[";
      for (Object item : items) {
        text.append(separator);
        write(text, item, line + "  ");
        separator = ", ";
      }
      text.append(items.isEmpty() ? "[]" : "]");
    } else if (value instanceof String string) {
      string(text, string);
    } else if (value == null || value instanceof Boolean || value instanceof Integer) {
      text.append(value);
    } else {
      throw new IllegalArgumentException("no value of data: " + value.getClass());
    }
  }

  private static void string(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    text.append('"');
  }
}
