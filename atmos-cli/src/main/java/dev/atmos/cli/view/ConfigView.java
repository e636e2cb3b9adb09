package dev.atmos.cli.view;

import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.DurationText;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.text.NearestNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the configuration what may be shown of it. A value is a secret if its schema says so; if
 * nothing is known of it, and its key, one above it or its variable is {@linkplain SecretNames
 * named like one}; and if it has the text of another secret in it. No command is run.
 *
 * <p>Names tell too little where a plugin decides what a field is for: {@code pin}, {@code otp} and
 * {@code unseal} are secrets, too, and so may be a number. So of an entry whose kind leaves its
 * fields open, because no plugin supplies the kind or the plugin declares no schema, every field
 * that isn't declared is a secret, unless it is {@code true} or {@code false}.
 */
public final class ConfigView {
  /** Small files can grow without bounds, by aliases of aliases. */
  static final int MOST_VALUES = 1_000_000;

  static final int MOST_CHARACTERS = 64 * 1024 * 1024;

  private static final int DEEPEST = 1000;

  private static final String NOT_RUN = "not run";
  private static final String NOT_TRUSTED = "not shown, as its file isn't trusted for it";
  private static final String UNREADABLE = "<unreadable>";

  /** The notation of a number that all formats and all programs share. */
  private final Pattern number = Pattern.compile("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?");

  private final Redactions redactions;
  private final TrustPolicy trust;

  /** The key of the field that a value is for; empty for one that the configuration names. */
  private String field = "";

  private int values;
  private long characters;
  private int depth;
  private int entryDepth;

  private ConfigView(Redactions redactions, TrustPolicy trust) {
    this.redactions = redactions;
    this.trust = trust;
  }

  /**
   * The configuration as it may be shown.
   *
   * @param config the whole of it: a secret may stand again in another part
   * @param sections what a section may hold; null for one that nothing is known of
   * @param trust which of the values that tags make may be used, and so be shown
   */
  public static RedactedValue of(
      ConfigMap config, Function<String, @Nullable Schema> sections, TrustPolicy trust) {
    Map<String, Schema> schemas = new HashMap<>();
    config.keys().forEach(name -> schemas.computeIfAbsent(name, sections));
    Redactions redactions = new Redactions();
    // Once to learn the secrets: a text may have one that comes only after it.
    new ConfigView(redactions, trust).root(config, schemas);
    return new ConfigView(redactions, trust).root(config, schemas);
  }

  private RedactedValue root(ConfigMap config, Map<String, Schema> schemas) {
    count(config);
    Map<String, RedactedValue> entries = new LinkedHashMap<>();
    for (String name : config.keys()) {
      ConfigValue value = value(config, name);
      Schema section = schemas.get(name);
      boolean known = pick(section, peek(value)) != null;
      boolean named = !known && isNamedLikeASecret(config, name);
      RedactedValue shown = shown(value, section, named);
      entries.put(key(name, entries), shown);
    }
    return new RedactedValue.Mapping(entries, config.position());
  }

  private RedactedValue shown(ConfigValue value, @Nullable Schema schema, boolean secret) {
    count(value);
    depth++;
    Schema picked = pick(schema, value);
    boolean entry = picked != null && picked.type() == Schema.Type.BY_KIND;
    entryDepth += entry ? 1 : 0;
    try {
      boolean all = secret || isSecret(schema);
      return switch (value) {
        case DeferredValue tagged -> made(tagged, schema, all);
        case ConfigText text ->
            new RedactedValue.Leaf(scalar(text, picked, all), "", text.position());
        case ConfigList list -> {
          List<RedactedValue> items = new ArrayList<>();
          for (ConfigValue each : list.items()) {
            field = "";
            items.add(shown(each, picked == null ? null : picked.item(), all));
          }
          yield new RedactedValue.Listing(items, list.position());
        }
        case ConfigMap map -> mapping(map, picked, all);
      };
    } finally {
      depth--;
      entryDepth -= entry ? 1 : 0;
    }
  }

  private void count(ConfigValue value) {
    values++;
    if (value instanceof ConfigText text) {
      characters += text.text().length();
    } else if (value instanceof ConfigMap map) {
      for (String key : map.entries().keySet()) {
        characters += key.length();
      }
    }
    if (values > MOST_VALUES || characters > MOST_CHARACTERS || depth > DEEPEST) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the configuration is too large to be shown: with its aliases written out, it has more"
              + " than "
              + MOST_VALUES
              + " values, "
              + MOST_CHARACTERS
              + " characters or "
              + DEEPEST
              + " levels");
    }
  }

  private RedactedValue made(DeferredValue tagged, @Nullable Schema schema, boolean secret) {
    boolean hidden =
        secret
            || (tagged.tag().equals(Tags.ENV)
                && SecretNames.contains(Tags.firstWord(tagged.argument())));
    if (tagged.tag().equals(Tags.EXEC)) {
      if (hidden) {
        redactions.add(tagged.argument());
      }
      return unmade(tagged, hidden, NOT_RUN);
    }
    ConfigValue made;
    try {
      made = tagged.resolved();
    } catch (AtmosException e) {
      String note = e.sentence().lines().findFirst().orElse("");
      String place = tagged.position() + ": ";
      return unmade(tagged, hidden, note.startsWith(place) ? note.substring(place.length()) : note);
    }
    return hidden || !(made instanceof ConfigText text) || mayShow(tagged, text, schema)
        ? shown(made, schema, hidden)
        : unmade(tagged, false, NOT_TRUSTED);
  }

  /** Whether what a tag has made is a stranger's own, or the user has approved its use. */
  private boolean mayShow(DeferredValue tagged, ConfigText made, @Nullable Schema schema) {
    Schema picked = pick(schema, made);
    Effect effect = picked == null ? Effect.DATA : picked.effect();
    boolean included = tagged.tag().startsWith(ConfigMerge.INCLUDE);
    String variable = made.variable();
    if ((!included && variable == null)
        || effect == Effect.PROTECTION
        || (picked != null && takesNoSecret(picked, made.text()))) {
      return true;
    }
    try {
      if (effect == Effect.DATA || effect == Effect.READS) {
        String name = variable == null ? "" : variable;
        trust.requireVariable(made.position(), name, field, made.text());
      } else {
        trust.require(effect, made.position(), made.text());
      }
      return true;
    } catch (AtmosException e) {
      return false;
    }
  }

  private static boolean takesNoSecret(Schema schema, String text) {
    return switch (schema.type()) {
      case FLAG -> isFlag(text.toLowerCase(Locale.ROOT));
      case DURATION -> DurationText.parse(text) != null;
      default -> schema.choices().contains(text);
    };
  }

  /** A value as it was written, because it wasn't made. */
  private RedactedValue unmade(DeferredValue tagged, boolean secret, String note) {
    String text;
    if (tagged.tag().isEmpty()) {
      text = UNREADABLE;
    } else if (secret) {
      text = tagged.tag() + " " + Redactions.REDACTED;
    } else {
      text = (tagged.tag() + " " + redactions.command(tagged.argument())).strip();
    }
    return new RedactedValue.Leaf(
        text, redactions.has(note) ? "can't be read" : note, tagged.position());
  }

  private @Nullable Object scalar(ConfigText scalar, @Nullable Schema schema, boolean secret) {
    String text = scalar.text();
    if (scalar.isNull()) {
      return null;
    }
    if (secret) {
      redactions.add(text);
      return text.isEmpty() ? text : Redactions.REDACTED;
    }
    boolean command = schema != null && schema.effect() == Effect.COMMAND;
    String shown = command ? redactions.command(text) : redactions.value(text);
    return shown.equals(text) ? typed(scalar, schema) : shown;
  }

  private RedactedValue mapping(ConfigMap map, @Nullable Schema schema, boolean secret) {
    Schema object = object(schema, map);
    Map<String, RedactedValue> entries = new LinkedHashMap<>();
    for (String key : map.keys()) {
      ConfigValue value = value(map, key);
      Schema below = null;
      boolean named = isNamedLikeASecret(map, key);
      if (object != null) {
        below = object.field(key).map(Schema.Field::schema).orElse(null);
        if (below != null) {
          // The schema knows better, where the value is of its type.
          named &= pick(below, peek(value)) == null;
        } else {
          named |= isNearSecret(object, key);
          named |= entryDepth > 0 && object.isOpen() && !isFlag(peek(value));
        }
      } else if (schema != null) {
        below = schema.item();
        // The user chooses these names: that of a variable may tell that it is a secret, but a
        // mapping with a schema knows better than its name.
        named &= !(peek(value) instanceof ConfigMap);
      }
      named |= key.equals("value") && (says(map, "key") || says(map, "name"));
      field = object != null && below != null ? key : "";
      RedactedValue shown = shown(value, below, secret || named);
      entries.put(key(key, entries), shown);
    }
    return new RedactedValue.Mapping(entries, map.position());
  }

  /** The keys that a mapping may have; null where they are not known, or free. */
  private static @Nullable Schema object(@Nullable Schema schema, ConfigMap map) {
    if (schema == null || schema.type() == Schema.Type.MAP) {
      return null;
    }
    return schema.type() == Schema.Type.BY_KIND
        ? schema.kinds().getOrDefault(text(map, "kind"), schema.item())
        : schema;
  }

  private static ConfigValue value(ConfigMap map, String key) {
    return Objects.requireNonNull(map.entries().get(key)).value();
  }

  private static boolean isNamedLikeASecret(ConfigMap map, String key) {
    return peek(value(map, key)) instanceof ConfigMap
        ? SecretNames.coversMapping(key)
        : SecretNames.contains(key);
  }

  private static boolean isFlag(ConfigValue value) {
    return value instanceof ConfigText text && isFlag(text.text());
  }

  private static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  /** What a value is, as far as that is known without making it. */
  private static ConfigValue peek(ConfigValue value) {
    if (value instanceof DeferredValue tagged && !tagged.tag().equals(Tags.EXEC)) {
      try {
        return tagged.resolved();
      } catch (AtmosException e) {
        return tagged;
      }
    }
    return value;
  }

  /** Whether a mapping of {@code key} and {@code value}, or of {@code name}, names a secret. */
  private static boolean says(ConfigMap map, String key) {
    return SecretNames.contains(text(map, key));
  }

  private static String text(ConfigMap map, String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null && peek(entry.value()) instanceof ConfigText text ? text.text() : "";
  }

  /** Whether a key is mistyped for that of a secret. */
  private static boolean isNearSecret(Schema object, String key) {
    List<String> secrets =
        object.fields().stream()
            .filter(field -> isSecret(field.schema()))
            .map(Schema.Field::name)
            .toList();
    return !NearestNames.of(key, secrets).isEmpty();
  }

  /** Whether it is a secret, whatever it is written as. */
  private static boolean isSecret(@Nullable Schema schema) {
    return schema != null
        && (schema.isSecret()
            || switch (schema.type()) {
              case ONE_OF -> schema.alternatives().stream().anyMatch(ConfigView::isSecret);
              case LIST, MAP -> isSecret(schema.item());
              default -> false;
            });
  }

  /** The schema that a value has, of those that it may have; null if it has none of them. */
  private static @Nullable Schema pick(@Nullable Schema schema, ConfigValue value) {
    if (schema == null) {
      return null;
    }
    if (schema.type() == Schema.Type.ONE_OF) {
      return schema.alternatives().stream()
          .flatMap(each -> Stream.ofNullable(pick(each, value)))
          .findFirst()
          .orElse(null);
    }
    boolean fits =
        switch (schema.type()) {
          case ONE_OF, ANYTHING -> false;
          case TEXT, NUMBER, FLAG, DURATION ->
              value instanceof ConfigText || value instanceof DeferredValue;
          case LIST -> value instanceof ConfigList;
          case MAP, OBJECT, BY_KIND -> value instanceof ConfigMap;
        };
    return fits ? schema : null;
  }

  private String key(String key, Map<String, RedactedValue> taken) {
    String shown = redactions.has(key) ? Redactions.REDACTED : key;
    String free = shown;
    for (int i = 2; taken.containsKey(free); i++) {
      free = shown + " " + i;
    }
    return free;
  }

  /**
   * A flag is a boolean, a number is a number, and a text is a text. Where the type isn't known,
   * those that are the same to every reader are booleans and numbers.
   */
  private Object typed(ConfigText scalar, @Nullable Schema schema) {
    String text = scalar.text();
    Schema.Type type = schema == null ? null : schema.type();
    boolean free = type == null && scalar.plain();
    if (free ? isFlag(text) : type == Schema.Type.FLAG && isFlag(text.toLowerCase(Locale.ROOT))) {
      return Boolean.valueOf(text);
    }
    if ((free || type == Schema.Type.NUMBER) && number.matcher(text).matches()) {
      BigDecimal decimal = new BigDecimal(text);
      return decimal.toPlainString().equals(text) ? decimal : text;
    }
    return text;
  }
}
