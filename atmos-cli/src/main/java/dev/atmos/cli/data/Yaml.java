package dev.atmos.cli.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes YAML in block style, indented by two blanks, each scalar on one line. Written here rather
 * than by a library's generator because of the comments at the ends of lines, which none writes,
 * and because the same values have to look the same with and without them.
 *
 * <p>The tree is one as for {@link Json}, in which a {@link Commented} may stand for any scalar and
 * for any empty map or collection.
 */
public final class Yaml {

  /**
   * A value with what is said of it at the end of its line.
   *
   * @param value a scalar, or an empty map or collection
   * @param comment on one line
   */
  public record Commented(@Nullable Object value, String comment) {}

  /** YAML readers need not take longer keys, unless they are marked as keys. */
  private static final int LONGEST_KEY = 1000;

  /** Comments are aligned, but not because of a line that is longer than this. */
  private static final int WIDEST = 72;

  private final List<StringBuilder> lines = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private StringBuilder line = new StringBuilder();

  private Yaml() {}

  /** The text, with a line feed at its end. */
  public static String write(@Nullable Object tree) {
    Yaml yaml = new Yaml();
    yaml.value(tree, 0);
    return yaml.text();
  }

  private void value(@Nullable Object value, int indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map(map, indent);
    } else if (value instanceof Collection<?> items && !items.isEmpty()) {
      list(items, indent);
    } else {
      leaf(value);
    }
  }

  private void map(Map<?, ?> map, int indent) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      indent(indent);
      String key = Scalars.write(Json.key(entry.getKey()));
      if (key.length() > LONGEST_KEY) {
        line.append("? ").append(key);
        end("");
        indent(indent);
      } else {
        line.append(key);
      }
      line.append(':');
      below(entry.getValue(), indent + 2);
    }
  }

  /** Behind a key: on its line, or on the lines below it. */
  private void below(@Nullable Object value, int indent) {
    if (isBlock(value)) {
      end("");
    } else {
      line.append(' ');
    }
    value(value, indent);
  }

  private static boolean isBlock(@Nullable Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof Collection<?> items && !items.isEmpty());
  }

  private void list(Collection<?> items, int indent) {
    Iterator<?> all = items.iterator();
    while (all.hasNext()) {
      indent(indent);
      line.append("- ");
      value(all.next(), indent + 2);
    }
  }

  /** The first line of what is in a list begins behind the list's dash. */
  private void indent(int indent) {
    if (line.isEmpty()) {
      line.repeat(' ', indent);
    }
  }

  private void leaf(@Nullable Object value) {
    if (value instanceof Commented commented) {
      line.append(scalar(commented.value()));
      end(commented.comment());
    } else {
      line.append(scalar(value));
      end("");
    }
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> Scalars.write(text);
      case Boolean flag -> flag.toString();
      case Number number -> Json.decimal(number).toPlainString();
      case Map<?, ?> map when map.isEmpty() -> "{}";
      case Collection<?> items when items.isEmpty() -> "[]";
      default -> throw Json.notData(value);
    };
  }

  private void end(String comment) {
    lines.add(line);
    comments.add(comment);
    line = new StringBuilder();
  }

  private String text() {
    int column = 0;
    for (int i = 0; i < lines.size(); i++) {
      int width = width(lines.get(i));
      if (!comments.get(i).isEmpty() && width <= WIDEST) {
        column = Math.max(column, width);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(lines.get(i));
      if (!comments.get(i).isEmpty()) {
        text.repeat(' ', Math.max(0, column - width(lines.get(i))) + 2)
            .append("# ")
            .append(Scalars.comment(comments.get(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(StringBuilder line) {
    return line.codePointCount(0, line.length());
  }
}
