package dev.atmos.text.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.atmos.text.Surrogates;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259), with what isn't ASCII as it is, and with a line feed at its end. Beyond
 * the control characters that JSON wants escaped, so are all others that are not visible.
 *
 * <p>A tree is made of maps with texts as keys, collections, texts, numbers, booleans and null;
 * anything else is an {@link IllegalArgumentException}, as are numbers that aren't finite.
 */
public final class JsonWriter {
  private JsonWriter() {}

  /** With each value on a line of its own, indented by two blanks. */
  public static String indented(@Nullable Object tree) {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return write(
        tree,
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter));
  }

  /** On one line, without a blank. */
  public static String line(@Nullable Object tree) {
    return write(tree, null);
  }

  private static String write(@Nullable Object tree, @Nullable PrettyPrinter layout) {
    JsonFactory factory =
        new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      if (layout != null) {
        generator.setPrettyPrinter(layout);
      }
      write(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return escaped(text.append('\n').toString());
  }

  /**
   * Writes a tree by any generator of Jackson's.
   *
   * @throws IllegalArgumentException if it holds anything else
   * @throws IOException if the generator fails
   */
  @SuppressWarnings("IfChainToSwitch")
  public static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    // No switch by type: programs wait for what is written, and the JDK would first have to make it
    // up.
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName(Surrogates.withoutHalves(key(entry.getKey())));
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      generator.writeStartArray();
      for (Object item : items) {
        write(generator, item);
      }
      generator.writeEndArray();
    } else if (value instanceof String text) {
      generator.writeString(Surrogates.withoutHalves(text));
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      // Not by way of a BigDecimal, which makes tables of powers before it makes its first number.
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      generator.writeNumber(decimal(number));
    } else {
      throw notData(value);
    }
  }

  private static String key(@Nullable Object key) {
    if (key instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a key must be a text");
  }

  /** A number in its usual notation. */
  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double real && Double.isFinite(real)) {
      return new BigDecimal(Double.toString(real));
    }
    throw notData(number);
  }

  /** Names the type only: the value could be a secret. */
  private static IllegalArgumentException notData(Object value) {
    return new IllegalArgumentException("can't be written as data: " + value.getClass().getName());
  }

  /** With escapes for what only texts hold: characters beyond ASCII that are not visible. */
  private static String escaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          if (c < 0x7F || TerminalText.isVisible(c)) {
            text.appendCodePoint(c);
          } else {
            for (char unit : Character.toChars(c)) {
              text.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
          }
        });
    return text.toString();
  }
}
