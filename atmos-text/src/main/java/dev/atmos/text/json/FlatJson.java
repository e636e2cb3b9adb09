package dev.atmos.text.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
    Map<String, V> members = new LinkedHashMap<>();
    JsonFieldReader reader =
        new JsonFieldReader(
            object,
            within,
            (name, text, isNumber) -> {
              if (text != null) {
                members.put(name, value.apply(text));
              }
            });
    return reader.read() && reader.isFound() ? Optional.of(members) : Optional.empty();
  }
}
