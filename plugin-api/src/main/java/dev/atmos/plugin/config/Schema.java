package dev.atmos.plugin.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the configuration may hold. Checks, the JSON Schema of {@code atmos.yaml},
 * redaction, trust, listings and completion all go by it. A schema is immutable; each method that
 * begins with {@code with} returns a changed copy.
 *
 * <p>A kind declares the fields of its own, each by its path below the definition:
 *
 * <pre>{@code
 * Schema.object("A role of Vault.")
 *     .required("address", Schema.endpoint("The address of the Vault server."))
 *     .optional("principal.role", Schema.text("The role.").withExample("deploy"))
 *     .optional("token", Schema.secret("The token that signs in."));
 * }</pre>
 *
 * <p>Mappings on the way to a field ({@code principal}) are made by themselves.
 */
public final class Schema {

  /** What a value is. */
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
   * @param required whether it must be there
   */
  public record Field(String name, Schema schema, boolean required) {}

  /** A rule about several fields of one object. */
  public enum RuleType {
    /** One of the fields must be there. */
    ANY_OF,
    /** The fields are there together or not at all. */
    TOGETHER,
    /** The first field has no effect without the second one. */
    ONLY_WITH
  }

  /**
   * A rule about fields of one object.
   *
   * @param type what the rule says
   * @param fields the keys, not paths
   */
  public record Rule(RuleType type, List<String> fields) {

    /** Copies the list. */
    public Rule {
      fields = List.copyOf(fields);
    }
  }

  private final Type type;
  private final String description;
  private final Effect effect;
  private final boolean secret;
  private final List<String> choices;
  private final List<String> known;
  private final @Nullable String pattern;
  private final @Nullable String format;
  private final @Nullable String example;
  private final @Nullable String label;
  private final @Nullable String defaultValue;
  private final @Nullable Duration shortest;
  private final @Nullable Duration longest;
  private final List<Schema> parts;
  private final List<Field> fields;
  private final List<Rule> rules;
  private final boolean open;
  private final Map<String, Schema> kinds;

  private Schema(Draft draft) {
    type = draft.type;
    description = draft.description;
    effect = draft.effect;
    secret = draft.secret;
    choices = List.copyOf(draft.choices);
    known = List.copyOf(draft.known);
    pattern = draft.pattern;
    format = draft.format;
    example = draft.example;
    label = draft.label;
    defaultValue = draft.defaultValue;
    shortest = draft.shortest;
    longest = draft.longest;
    parts = List.copyOf(draft.parts);
    fields = List.copyOf(draft.fields);
    rules = List.copyOf(draft.rules);
    open = draft.open;
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(draft.kinds));
  }

  /** A text that is data. */
  public static Schema text(String description) {
    return new Draft(Type.TEXT, description).build();
  }

  /** A text that is one of these words. */
  public static Schema choice(String description, String... words) {
    Draft draft = new Draft(Type.TEXT, description);
    draft.choices = List.of(words);
    return draft.build();
  }

  /** A secret that signs; never shown. For one that is sent, add an effect of its own. */
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
    return new Draft(Type.NUMBER, description).build();
  }

  /** {@code true} or {@code false}, in any case. */
  public static Schema flag(String description) {
    return new Draft(Type.FLAG, description).build();
  }

  /** A length of time. */
  public static Schema duration(String description) {
    return new Draft(Type.DURATION, description).build();
  }

  /** A list of values. */
  public static Schema list(String description, Schema item) {
    Draft draft = new Draft(Type.LIST, description);
    draft.parts = List.of(item);
    return draft.build();
  }

  /** A mapping of names that the user chooses. */
  public static Schema map(String description, Schema value) {
    Draft draft = new Draft(Type.MAP, description);
    draft.parts = List.of(value);
    return draft.build();
  }

  /** A mapping of known keys, none so far. */
  public static Schema object(String description) {
    return new Draft(Type.OBJECT, description).build();
  }

  /** A value of one of several schemas, no two of which are of one type (text, list, mapping). */
  public static Schema oneOf(String description, Schema... schemas) {
    Draft draft = new Draft(Type.ONE_OF, description);
    draft.parts = List.of(schemas);
    return draft.build();
  }

  /**
   * A mapping whose kind decides which keys it has.
   *
   * @param kinds an object for each known kind
   * @param other the object of a kind that isn't known
   */
  public static Schema byKind(String description, Map<String, Schema> kinds, Schema other) {
    Draft draft = new Draft(Type.BY_KIND, description);
    draft.kinds = kinds;
    draft.parts = List.of(other);
    return draft.build();
  }

  /** Anything. What isn't declared counts as a command. */
  public static Schema anything(String description) {
    return new Draft(Type.ANYTHING, description).build();
  }

  /** What the value is. */
  public Type type() {
    return type;
  }

  /** What the value is for, in one sentence; shown by editors. */
  public String description() {
    return description;
  }

  /** What is done with the value. */
  public Effect effect() {
    return effect;
  }

  /** Whether the value is never shown. */
  public boolean isSecret() {
    return secret;
  }

  /** The only words that are allowed; empty for any. */
  public List<String> choices() {
    return choices;
  }

  /** The texts that are known to work; others are warned of. Empty for any. */
  public List<String> knownTexts() {
    return known;
  }

  /** The regular expression that the whole text matches; common to Java and ECMA-262. */
  public Optional<String> pattern() {
    return Optional.ofNullable(pattern);
  }

  /** What the pattern means, for messages: {@code 12 digits}. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** A text that is allowed. */
  public Optional<String> example() {
    return Optional.ofNullable(example);
  }

  /** What listings call the value; empty for its key. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** What counts where the field isn't there. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** The shortest length of time that has its full effect. */
  public Optional<Duration> shortest() {
    return Optional.ofNullable(shortest);
  }

  /** The longest length of time that has its full effect. */
  public Optional<Duration> longest() {
    return Optional.ofNullable(longest);
  }

  /** The schema of a list's items, of a map's values, or of a kind that isn't known. */
  public Schema item() {
    return parts.get(0);
  }

  /** The schemas of {@link Type#ONE_OF}. */
  public List<Schema> alternatives() {
    return parts;
  }

  /** The keys of an object, in the order in which they are best read. */
  public List<Field> fields() {
    return fields;
  }

  /** The key of an object. */
  public Optional<Field> field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The rules about several fields of an object. */
  public List<Rule> rules() {
    return rules;
  }

  /** Whether an object may have other keys as well. */
  public boolean isOpen() {
    return open;
  }

  /** The objects of {@link Type#BY_KIND}. */
  public Map<String, Schema> kinds() {
    return kinds;
  }

  /** With another effect. */
  public Schema withEffect(Effect other) {
    Draft draft = new Draft(this);
    draft.effect = other;
    return draft.build();
  }

  /** Never shown. */
  public Schema withSecrecy() {
    Draft draft = new Draft(this);
    draft.secret = true;
    return draft.build();
  }

  /**
   * With the form that the text has.
   *
   * @param expression a regular expression that the whole text matches
   * @param meaning what that means, for messages: {@code 12 digits}
   */
  public Schema withPattern(String expression, String meaning) {
    Draft draft = new Draft(this);
    draft.pattern = expression;
    draft.format = meaning;
    return draft.build();
  }

  /** With texts that are known to work; others are warned of. */
  public Schema withKnownTexts(List<String> texts) {
    Draft draft = new Draft(this);
    draft.known = texts;
    return draft.build();
  }

  /** With an example. */
  public Schema withExample(String text) {
    Draft draft = new Draft(this);
    draft.example = text;
    return draft.build();
  }

  /** With the words by which listings call the value. */
  public Schema withLabel(String words) {
    Draft draft = new Draft(this);
    draft.label = words;
    return draft.build();
  }

  /** With what counts where the field isn't there. */
  public Schema withDefault(String value) {
    Draft draft = new Draft(this);
    draft.defaultValue = value;
    return draft.build();
  }

  /** With the lengths of time that have their full effect; others are warned of. */
  public Schema withRange(Duration least, Duration most) {
    Draft draft = new Draft(this);
    draft.shortest = least;
    draft.longest = most;
    return draft.build();
  }

  /** With other keys allowed. What isn't declared counts as a command. */
  public Schema withOtherKeys() {
    Draft draft = new Draft(this);
    draft.open = true;
    return draft.build();
  }

  /** With a description of the object at a path. */
  public Schema withDescription(String path, String words) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Schema below = field(name).map(Field::schema).orElse(object(""));
    if (dot < 0) {
      Draft draft = new Draft(below);
      draft.description = words;
      return with(name, draft.build(), field(name).map(Field::required).orElse(false));
    }
    return with(
        name,
        below.withDescription(path.substring(dot + 1), words),
        field(name).map(Field::required).orElse(false));
  }

  /** With a rule about fields of the object at a path; the empty path for this object. */
  public Schema withRule(String path, RuleType rule, String... names) {
    if (path.isEmpty()) {
      Draft draft = new Draft(this);
      List<Rule> more = new ArrayList<>(rules);
      more.add(new Rule(rule, List.of(names)));
      draft.rules = more;
      return draft.build();
    }
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Field field = field(name).orElseThrow(() -> new IllegalArgumentException("no field " + path));
    return with(
        name,
        field.schema().withRule(dot < 0 ? "" : path.substring(dot + 1), rule, names),
        field.required());
  }

  /** With a field that must be there, at a path of keys joined by dots. */
  public Schema required(String path, Schema schema) {
    return withField(path, schema, true);
  }

  /** With a field that may be there, at a path of keys joined by dots. */
  public Schema optional(String path, Schema schema) {
    return withField(path, schema, false);
  }

  /**
   * With the fields of another object behind its own. Where both declare a field, this object's
   * counts; where both declare an object, it has the fields of both.
   */
  public Schema and(Schema other) {
    Schema merged = this;
    for (Field field : other.fields) {
      Field own = field(field.name()).orElse(null);
      if (own == null) {
        merged = merged.with(field.name(), field.schema(), field.required());
      } else if (own.schema().type == Type.OBJECT && field.schema().type == Type.OBJECT) {
        merged =
            merged.with(
                field.name(), own.schema().and(field.schema()), own.required() || field.required());
      }
    }
    Draft draft = new Draft(merged);
    draft.open |= other.open;
    draft.description = description.isEmpty() ? other.description : description;
    List<Rule> more = new ArrayList<>(rules);
    more.addAll(other.rules);
    draft.rules = more;
    return draft.build();
  }

  private Schema withField(String path, Schema schema, boolean required) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return with(path, schema, required);
    }
    String name = path.substring(0, dot);
    Field known = field(name).orElse(null);
    Schema below = known == null ? object("") : known.schema();
    return with(
        name,
        below.withField(path.substring(dot + 1), schema, required),
        required || (known != null && known.required()));
  }

  private Schema with(String name, Schema schema, boolean required) {
    if (type != Type.OBJECT) {
      throw new IllegalArgumentException("not an object, so it has no field " + name);
    }
    Field field = new Field(name, schema, required);
    List<Field> all = new ArrayList<>();
    boolean replaced = false;
    for (Field each : fields) {
      boolean same = each.name().equals(name);
      all.add(same ? field : each);
      replaced |= same;
    }
    if (!replaced) {
      all.add(field);
    }
    Draft draft = new Draft(this);
    draft.fields = all;
    return draft.build();
  }

  @Override
  public String toString() {
    return "Schema[" + type + ", " + description + "]";
  }

  private static final class Draft {
    private final Type type;
    private String description;
    private Effect effect;
    private boolean secret;
    private List<String> choices = List.of();
    private List<String> known = List.of();
    private @Nullable String pattern;
    private @Nullable String format;
    private @Nullable String example;
    private @Nullable String label;
    private @Nullable String defaultValue;
    private @Nullable Duration shortest;
    private @Nullable Duration longest;
    private List<Schema> parts = List.of();
    private List<Field> fields = List.of();
    private List<Rule> rules = List.of();
    private boolean open;
    private Map<String, Schema> kinds = Map.of();

    Draft(Type type, String description) {
      this.type = type;
      this.description = description;
      this.effect = type == Type.ANYTHING ? Effect.COMMAND : Effect.DATA;
    }

    Draft(Schema schema) {
      type = schema.type;
      description = schema.description;
      effect = schema.effect;
      secret = schema.secret;
      choices = schema.choices;
      known = schema.known;
      pattern = schema.pattern;
      format = schema.format;
      example = schema.example;
      label = schema.label;
      defaultValue = schema.defaultValue;
      shortest = schema.shortest;
      longest = schema.longest;
      parts = schema.parts;
      fields = schema.fields;
      rules = schema.rules;
      open = schema.open;
      kinds = schema.kinds;
    }

    Schema build() {
      return new Schema(this);
    }
  }
}
