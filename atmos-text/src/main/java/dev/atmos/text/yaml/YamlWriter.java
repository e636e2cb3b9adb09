package dev.atmos.text.yaml;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;

/**
 * Writes YAML in block style, indented by two blanks, each scalar on one line, and every character
 * that is not visible as an escape. Jackson's generator writes the text; comments, which it can't
 * write, are put at the ends of its lines.
 *
 * <p>The tree is one as for {@link JsonWriter}, in which a {@link Commented} may stand for any
 * scalar and for any empty map or collection.
 */
public final class YamlWriter {

  /**
   * A value with a comment at the end of its line.
   *
   * @param value a scalar, or an empty map or collection
   * @param comment on one line
   */
  public record Commented(@Nullable Object value, String comment) {

    /** Checks that the value ends on its line. */
    public Commented {
      if (isBlock(value)) {
        throw new IllegalArgumentException("only what ends a line can have a comment");
      }
    }
  }

  private static final int INDENT = 2;

  /** YAML readers need not take longer keys, unless they are marked as keys. */
  private static final int LONGEST_KEY = 1000;

  /** Comments are aligned, but not because of a line that is longer than this. */
  private static final int WIDEST = 72;

  /** Of the values that end a line, in their order; empty for one without a comment. */
  private final List<String> comments = new ArrayList<>();

  private YamlWriter() {}

  /** The text, with a line feed at its end. */
  public static String write(@Nullable Object tree) {
    YamlWriter writer = new YamlWriter();
    Object plain = writer.withoutComments(tree);
    StringWriter yaml = new StringWriter();
    try (YAMLGenerator generator = new Generator(yaml)) {
      JsonWriter.write(generator, plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    // The generator indents a list even if it is all there is.
    boolean isList = plain instanceof Collection && isBlock(plain);
    return writer.withComments(isList ? dedented(yaml.toString()) : yaml.toString());
  }

  private static String dedented(String yaml) {
    StringBuilder dedented = new StringBuilder(yaml.length());
    yaml.lines().forEach(line -> dedented.append(line, INDENT, line.length()).append('\n'));
    return dedented.toString();
  }

  /** A generator that leaves the quoting to {@link YamlScalars}. */
  private static final class Generator extends YAMLGenerator {
    Generator(Writer out) throws IOException {
      super(
          new IOContext(
              StreamReadConstraints.defaults(),
              StreamWriteConstraints.defaults(),
              ErrorReportConfiguration.defaults(),
              new BufferRecycler(),
              ContentReference.unknown(),
              false),
          JsonGenerator.Feature.collectDefaults(),
          YAMLGenerator.Feature.collectDefaults()
              & ~YAMLGenerator.Feature.WRITE_DOC_START_MARKER.getMask(),
          StringQuotingChecker.Default.instance(),
          null,
          out,
          layout());
      enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
    }

    private static DumperOptions layout() {
      DumperOptions layout = new DumperOptions();
      layout.setIndent(INDENT);
      layout.setIndicatorIndent(INDENT);
      layout.setIndentWithIndicator(true);
      layout.setSplitLines(false);
      layout.setMaxSimpleKeyLength(LONGEST_KEY);
      return layout;
    }

    @Override
    protected void _writeScalar(String value, String type, DumperOptions.ScalarStyle style)
        throws IOException {
      boolean quoted = type.equals("string") && !YamlScalars.isPlain(value);
      super._writeScalar(
          value,
          type,
          quoted ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : DumperOptions.ScalarStyle.PLAIN);
    }
  }

  private static boolean isBlock(@Nullable Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof Collection<?> items && !items.isEmpty());
  }

  private @Nullable Object withoutComments(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && isBlock(map)) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, below) -> copy.put(key, withoutComments(below)));
      return copy;
    }
    if (value instanceof Collection<?> items && isBlock(items)) {
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(withoutComments(item)));
      return copy;
    }
    comments.add(value instanceof Commented commented ? commented.comment() : "");
    return value instanceof Commented commented ? commented.value() : value;
  }

  private String withComments(String yaml) {
    List<String> lines = yaml.lines().map(YamlWriter::escaped).toList();
    List<String> commentOf = new ArrayList<>();
    int next = 0;
    int column = 0;
    for (String line : lines) {
      String comment = endsValue(line) ? comments.get(next++) : "";
      commentOf.add(comment);
      int width = width(line);
      if (!comment.isEmpty() && width <= WIDEST) {
        column = Math.max(column, width);
      }
    }
    StringBuilder text = new StringBuilder(yaml.length());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      text.append(line);
      if (!commentOf.get(i).isEmpty()) {
        text.repeat(' ', Math.max(0, column - width(line)) + 2)
            .append("# ")
            .append(TerminalText.line(commentOf.get(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Other lines end with a key: with its colon, or with a key that is marked as one. */
  private static boolean endsValue(String line) {
    int start = 0;
    while (line.startsWith("  ", start)
        || line.startsWith("- ", start)
        || line.startsWith(": ", start)) {
      start += 2;
    }
    return !line.endsWith(":") && !line.startsWith("? ", start);
  }

  /**
   * A line of the generator's, with escapes for all characters that are not visible; they stand in
   * double quotes, and no plain scalar holds one of these. Not every reader knows the escapes of
   * the generator for U+2028 and U+2029.
   */
  private static String escaped(String line) {
    StringBuilder escaped = new StringBuilder(line.length() + 16);
    boolean quoted = false;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      quoted ^= c == '"';
      if (quoted && c == '\\') {
        char kind = line.charAt(i++);
        switch (kind) {
          case 'L' -> escaped.append("\\u2028");
          case 'P' -> escaped.append("\\u2029");
          default -> escaped.append('\\').append(kind);
        }
      } else if (TerminalText.isVisible(c)) {
        escaped.appendCodePoint(c);
      } else {
        YamlScalars.escape(c, escaped);
      }
    }
    return escaped.toString();
  }

  private static int width(String line) {
    return line.codePointCount(0, line.length());
  }
}
