package dev.atmos.auth.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON objects whose members are texts, which is the form of all that sign-ins leave behind. */
public final class FlatJson {
  private FlatJson() {}

  /** The object with these members. */
  public static Secret write(Map<String, Secret> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Secret> member : members.entrySet()) {
        json.writeStringField(member.getKey(), member.getValue().reveal());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Secret.of(text.toString());
  }

  /**
   * The members of an object that are texts or numbers; others are left out. Empty where the text
   * isn't an object: why is for nobody to see, as a parser's message may show a part of it.
   */
  public static Optional<Map<String, Secret>> read(Secret text) {
    Map<String, Secret> members = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(text.reveal())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
          members.put(name, Secret.of(parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null
          ? Optional.of(members)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
