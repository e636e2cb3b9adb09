package dev.atmos.plugin.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link Schema} is made of. It changes until the schema is made, and not afterwards. */
final class SchemaParts implements Cloneable {
  final Schema.Type type;
  String description;
  Effect effect;
  boolean secret;
  List<String> choices = List.of();
  List<String> knownTexts = List.of();
  List<String> harmlessTexts = List.of();
  @Nullable String pattern;
  @Nullable String format;
  @Nullable String example;
  @Nullable String label;
  @Nullable String defaultValue;
  @Nullable Duration shortest;
  @Nullable Duration longest;
  List<Schema> schemas = List.of();
  List<Schema.Field> fields = List.of();
  List<Schema.Rule> rules = List.of();
  boolean open;
  Map<String, Schema> kinds = Map.of();

  SchemaParts(Schema.Type type, String description) {
    this.type = type;
    this.description = description;
    this.effect = type == Schema.Type.ANYTHING ? Effect.COMMAND : Effect.DATA;
  }

  SchemaParts copy() {
    try {
      return (SchemaParts) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
