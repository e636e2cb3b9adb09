package dev.atmos.loopback.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object to write, with its members in order. */
public final class JsonObject {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member, or replaces it. */
  public JsonObject with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** Adds the members of another object. */
  public JsonObject withAll(JsonObject other) {
    members.putAll(other.members);
    return this;
  }

  /** The members by name. */
  @JsonValue
  public Map<String, Object> members() {
    return members;
  }
}
