package dev.atmos.loopback.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/**
 * Jackson, set up so that a mistake is an error: a member that stands twice, text after the value,
 * and for a record, a member that is unknown, null, missing or of another type. It writes ASCII.
 */
public final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
          .build();

  private StrictJson() {}

  /**
   * Reads a value of any kind.
   *
   * @throws JsonProcessingException if the text is not JSON
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readValue(text, JsonNode.class);
  }

  /**
   * Reads an object into a record.
   *
   * @throws JsonProcessingException if the text is not JSON, or not of the record's shape
   */
  public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    if (hasNull(read(text))) {
      throw new JsonParseException(null, "null is not a value here");
    }
    return MAPPER.readValue(text, type);
  }

  private static boolean hasNull(JsonNode node) {
    return node.isNull() || node.valueStream().anyMatch(StrictJson::hasNull);
  }

  /** Writes a value: a {@link JsonObject}, a list, a node, text, a number or a truth value. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
