package dev.atmos.plugin.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a part of the configuration may hold. Validation, the JSON Schema of {@code atmos.yaml},
 * redaction, trust, listings and completion all use it. A schema is immutable and safe for use by
 * several threads; methods that add something return a changed copy.
 *
 * <p>A kind declares its own fields, each by its path below the definition:
 *
 * <pre>{@code
 * Schema.object("A role of Vault.")
 *     .required("address", Schema.endpoint("The address of the Vault server."))
 *     .optional("principal.role", Schema.text("The role.").withExample("deploy"))
 *     .optional("token", Schema.secret("The token that signs in."));
 * }</pre>
 *
 * <p>Mappings on the way to a field ({@code principal}) need no declaration of their own.
 */
public final class Schema {

  /** The type of a value. */
  public enum Type {
    /** A scalar. */
    TEXT,
    /** A whole number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A length of time, such as {@code 1h30m}, {@code 90s} or a number of seconds. */
    DURATION,
    /** A list of values of one schema. */
    LIST,
    /** A mapping of names, which the user chooses, to values of one schema. */
    MAP,
    /** A mapping of known keys. */
    OBJECT,
    /** A mapping whose {@code kind} decides which keys it has. */
    BY_KIND,
    /** One of several schemas of different types. */
    ONE_OF,
    /** Anything. Counts as {@link Effect#COMMAND}. */
    ANYTHING
  }

  /**
   * A key of an {@linkplain Type#OBJECT object}.
   *
   * @param name the key
   * @param schema what its value may be
   * @param required whether it must be present
   */
  public record Field(String name, Schema schema, boolean required) {}

  /** The type of a {@link Rule}. */
  public enum RuleType {
    /** At least one of the fields must be present. */
    ANY_OF,
    /** Either all of the fields are present or none. */
    TOGETHER,
    /** The first field has no effect without one of the others. */
    ONLY_WITH
  }

  /**
   * A rule about several fields of one object.
   *
   * @param type what the rule demands
   * @param fields the keys, not paths
   */
  public record Rule(RuleType type, List<String> fields) {

    /** Copies the list. */
    public Rule {
      fields = List.copyOf(fields);
    }
  }

  private final SchemaParts parts;

  /** Takes over the parts, which must not change any more. */
  Schema(SchemaParts parts) {
    this.parts = parts;
  }

  /** A copy whose parts were changed. */
  Schema changed(Consumer<SchemaParts> change) {
    SchemaParts copy = parts.copy();
    change.accept(copy);
    return new Schema(copy);
  }

  /** A text that is data. */
  public static Schema text(String description) {
    return of(Type.TEXT, description);
  }

  /** A text that is one of these words. */
  public static Schema choice(String description, String... words) {
    return text(description).changed(parts -> parts.choices = List.of(words));
  }

  /** A secret that signs; it is never shown. For one that is sent, add its effect. */
  public static Schema secret(String description) {
    return text(description).withEffect(Effect.CREDENTIAL).withSecrecy();
  }

  /** An address that something is sent to. */
  public static Schema endpoint(String description) {
    return text(description).withEffect(Effect.ENDPOINT);
  }

  /** A command that is run. */
  public static Schema command(String description) {
    return text(description).withEffect(Effect.COMMAND);
  }

  /** A path that is read. */
  public static Schema readablePath(String description) {
    return text(description).withEffect(Effect.READS);
  }

  /** A path that is written to. */
  public static Schema writablePath(String description) {
    return text(description).withEffect(Effect.WRITES);
  }

  /** Variables for programs, by name; their values are never shown. */
  public static Schema variables(String description) {
    return map(
        description, text("The variable's value.").withEffect(Effect.ENVIRONMENT).withSecrecy());
  }

  /** A whole number. */
  public static Schema number(String description) {
    return of(Type.NUMBER, description);
  }

  /** {@code true} or {@code false}, in any case. */
  public static Schema flag(String description) {
    return of(Type.FLAG, description);
  }

  /** A length of time. */
  public static Schema duration(String description) {
    return of(Type.DURATION, description);
  }

  /** A list of values. */
  public static Schema list(String description, Schema item) {
    return of(Type.LIST, description, item);
  }

  /** A mapping of names that the user chooses. */
  public static Schema map(String description, Schema value) {
    return of(Type.MAP, description, value);
  }

  /** A mapping of known keys, without any so far. */
  public static Schema object(String description) {
    return of(Type.OBJECT, description);
  }

  /** A value of one of several schemas, no two of which have one type (text, list, mapping). */
  public static Schema oneOf(String description, Schema... schemas) {
    return of(Type.ONE_OF, description, schemas);
  }

  private static Schema of(Type type, String description, Schema... schemas) {
    SchemaParts parts = new SchemaParts(type, description);
    parts.schemas = List.of(schemas);
    return new Schema(parts);
  }

  /**
   * A mapping whose kind decides which keys it has.
   *
   * @param kinds an object for each known kind
   * @param other the object of an unknown kind
   */
  public static Schema byKind(String description, Map<String, Schema> kinds, Schema other) {
    Map<String, Schema> ordered = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    return of(Type.BY_KIND, description, other).changed(parts -> parts.kinds = ordered);
  }

  /** Anything. Because it isn't declared, it counts as a command. */
  public static Schema anything(String description) {
    return of(Type.ANYTHING, description);
  }

  /** The type of the value. */
  public Type type() {
    return parts.type;
  }

  /** The purpose of the value, in one sentence; editors show it. */
  public String description() {
    return parts.description;
  }

  /** What is done with the value. */
  public Effect effect() {
    return parts.effect;
  }

  /** Whether the value is never shown. */
  public boolean isSecret() {
    return parts.secret;
  }

  /** The only words that are allowed; empty for any text. */
  public List<String> choices() {
    return parts.choices;
  }

  /** The texts that are known to work; validation warns about others. Empty for any text. */
  public List<String> knownTexts() {
    return parts.knownTexts;
  }

  /** The texts that are data, whatever the effect of others is. */
  public List<String> harmlessTexts() {
    return parts.harmlessTexts;
  }

  /** The regular expression that the whole text matches; common to Java and ECMA-262. */
  public Optional<String> pattern() {
    return Optional.ofNullable(parts.pattern);
  }

  /** The pattern in words, for messages: {@code 12 digits}. */
  public Optional<String> format() {
    return Optional.ofNullable(parts.format);
  }

  /** A text that is allowed. */
  public Optional<String> example() {
    return Optional.ofNullable(parts.example);
  }

  /** The name of the value in listings; empty for its key. */
  public Optional<String> label() {
    return Optional.ofNullable(parts.label);
  }

  /** The value of a field that is absent. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(parts.defaultValue);
  }

  /** The shortest length of time that has its full effect. */
  public Optional<Duration> shortest() {
    return Optional.ofNullable(parts.shortest);
  }

  /** The longest length of time that has its full effect. */
  public Optional<Duration> longest() {
    return Optional.ofNullable(parts.longest);
  }

  /**
   * The schema of a list's items, of a map's values, or of an unknown kind.
   *
   * @throws IllegalStateException if the type has none
   */
  public Schema item() {
    if (parts.schemas.isEmpty()) {
      throw new IllegalStateException("no items: " + this);
    }
    return parts.schemas.get(0);
  }

  /** The schemas of {@link Type#ONE_OF}. */
  public List<Schema> alternatives() {
    return parts.schemas;
  }

  /** The keys of an object, in the order in which people read them best. */
  public List<Field> fields() {
    return parts.fields;
  }

  /** One key of an object. */
  public Optional<Field> field(String name) {
    for (Field field : parts.fields) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The rules about several fields of an object. */
  public List<Rule> rules() {
    return parts.rules;
  }

  /** Whether an object may have other keys as well. */
  public boolean isOpen() {
    return parts.open;
  }

  /** The objects of {@link Type#BY_KIND}. */
  public Map<String, Schema> kinds() {
    return parts.kinds;
  }

  /** With another effect. */
  public Schema withEffect(Effect other) {
    return changed(parts -> parts.effect = other);
  }

  /** Never shown. */
  public Schema withSecrecy() {
    return changed(parts -> parts.secret = true);
  }

  /**
   * With the form of the text.
   *
   * @param expression a regular expression that the whole text matches
   * @param meaning the expression in words, for messages: {@code 12 digits}
   */
  public Schema withPattern(String expression, String meaning) {
    return changed(parts -> {
      parts.pattern = expression;
      parts.format = meaning;
    });
  }

  /** With texts that are known to work; validation warns about others. */
  public Schema withKnownTexts(List<String> texts) {
    return changed(parts -> parts.knownTexts = List.copyOf(texts));
  }

  /** With texts that are data, whatever the effect of others is, such as {@code none}. */
  public Schema withHarmlessTexts(String... texts) {
    return changed(parts -> parts.harmlessTexts = List.of(texts));
  }

  /** With an example. */
  public Schema withExample(String text) {
    return changed(parts -> parts.example = text);
  }

  /** With a name for listings. */
  public Schema withLabel(String words) {
    return changed(parts -> parts.label = words);
  }

  /** With a value for a field that is absent. */
  public Schema withDefault(String value) {
    return changed(parts -> parts.defaultValue = value);
  }

  /** With the lengths of time that have their full effect; validation warns about others. */
  public Schema withRange(Duration least, Duration most) {
    return changed(parts -> {
      parts.shortest = least;
      parts.longest = most;
    });
  }

  /** With other keys allowed. Because they aren't declared, they count as commands. */
  public Schema withOtherKeys() {
    return changed(parts -> parts.open = true);
  }

  /** With a description of the object at a path. */
  public Schema withDescription(String path, String words) {
    return SchemaPaths.withDescription(this, path, words);
  }

  /** With a rule about fields of the object at a path; the empty path is this object. */
  public Schema withRule(String path, RuleType rule, String... names) {
    return SchemaPaths.withRule(this, path, rule, names);
  }

  /** With a field that must be present, at a path of keys joined by dots. */
  public Schema required(String path, Schema schema) {
    return SchemaPaths.withField(this, path, schema, true);
  }

  /** With a field that may be absent, at a path of keys joined by dots. */
  public Schema optional(String path, Schema schema) {
    return SchemaPaths.withField(this, path, schema, false);
  }

  /**
   * With the fields and rules of another object after its own. Of a field that both declare, this
   * object's declaration counts; of an object that both declare, the fields of both.
   */
  public Schema and(Schema other) {
    return SchemaPaths.merged(this, other);
  }

  @Override
  public String toString() {
    return "Schema[" + parts.type + ", " + parts.description + "]";
  }
}
