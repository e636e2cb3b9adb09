package dev.atmos.text.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON objects whose members are texts. */
public final class FlatJson {
  private FlatJson() {}

  /**
   * The object with these members.
   *
   * @param text what is written for a value
   */
  public static <V> String write(Map<String, V> members, Function<V, String> text) {
    StringWriter object = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(object)) {
      json.writeStartObject();
      for (Map.Entry<String, V> member : members.entrySet()) {
        json.writeStringField(member.getKey(), text.apply(member.getValue()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return object.toString();
  }

  /**
   * The members of an object that are texts or numbers; others are left out. Empty if the text
   * isn't an object; the reason isn't given, as a parser's message may show a part of the text.
   *
   * @param value what is made of a member's text
   */
  public static <V> Optional<Map<String, V>> read(String object, Function<String, V> value) {
    return read(object, null, value);
  }

  /**
   * The members of an object inside of the object; also empty if that object is missing.
   *
   * @param within the member's name; null for the object itself
   */
  public static <V> Optional<Map<String, V>> read(
      String object, @Nullable String within, Function<String, V> value) {
    Map<String, V> own = new LinkedHashMap<>();
    Map<String, V> nested = null;
    try (JsonParser parser = new JsonFactory().createParser(object)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT && name.equals(within)) {
          nested = new LinkedHashMap<>();
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            put(nested, member, parser, parser.nextToken(), value);
          }
        } else {
          put(own, name, parser, token, value);
        }
      }
      boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
      return whole ? Optional.ofNullable(within == null ? own : nested) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static <V> void put(
      Map<String, V> members,
      String name,
      JsonParser parser,
      JsonToken token,
      Function<String, V> value)
      throws IOException {
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      members.put(name, value.apply(parser.getText()));
    } else {
      parser.skipChildren();
    }
  }
}
