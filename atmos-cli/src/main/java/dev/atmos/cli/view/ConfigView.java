package dev.atmos.cli.view;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.text.NearestNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
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

  private static final String EXEC = "!exec";
  private static final String ENV = "!env";
  private static final String NOT_RUN = "not run";
  private static final String UNREADABLE = "<unreadable>";

  /** The notation of a number that all formats and all programs share. */
  private final Pattern number = Pattern.compile("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?");

  private final Redactions redactions = new Redactions();
  private int values;
  private long characters;
  private int depth;
  private int entryDepth;

  private ConfigView() {}

  /**
   * The configuration as it may be shown.
   *
   * @param config the whole of it: a secret may stand again in another part
   * @param sections what a section may hold; null for one that nothing is known of
   */
  public static RedactedValue of(ConfigMap config, Function<String, @Nullable Schema> sections) {
    ConfigView view = new ConfigView();
    view.count(config);
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (String name : config.keys()) {
      Schema section = sections.apply(name);
      boolean known = pick(section, peek(value(config, name))) != null;
      boolean named = !known && isNamedLikeASecret(config, name);
      drafts.put(name, view.draft(value(config, name), section, named));
    }
    return view.shown(new Draft.Mapping(drafts, config.position()));
  }

  /** The configuration with its secrets, and which these are: all are known only at the end. */
  private sealed interface Draft {

    /** A scalar; {@code schema} as far as it is known. */
    record Text(
        String text, boolean plain, boolean secret, @Nullable Schema schema, Position position)
        implements Draft {}

    /** An empty value. */
    record Nothing(Position position) implements Draft {}

    /** What is shown as it was written, because it wasn't made. */
    record Unmade(String tag, String argument, boolean secret, String note, Position position)
        implements Draft {}

    record Mapping(Map<String, Draft> entries, Position position) implements Draft {}

    record Listing(List<Draft> items, Position position) implements Draft {}
  }

  private Draft draft(ConfigValue value, @Nullable Schema schema, boolean secret) {
    count(value);
    depth++;
    Schema picked = pick(schema, value);
    boolean entry = picked != null && picked.type() == Schema.Type.BY_KIND;
    entryDepth += entry ? 1 : 0;
    try {
      boolean all = secret || isSecret(schema);
      return switch (value) {
        case DeferredValue tagged -> made(tagged, schema, all);
        case ConfigText text -> scalar(text, picked, all);
        case ConfigList list -> {
          List<Draft> drafts = new ArrayList<>();
          for (ConfigValue each : list.items()) {
            drafts.add(draft(each, picked == null ? null : picked.item(), all));
          }
          yield new Draft.Listing(drafts, list.position());
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

  private Draft made(DeferredValue tagged, @Nullable Schema schema, boolean secret) {
    boolean hidden =
        secret
            || (tagged.tag().equals(ENV)
                && SecretNames.contains(SecretVariables.firstWord(tagged.argument())));
    if (tagged.tag().equals(EXEC)) {
      if (hidden) {
        redactions.add(tagged.argument());
      }
      return new Draft.Unmade(EXEC, tagged.argument(), hidden, NOT_RUN, tagged.position());
    }
    ConfigValue made;
    try {
      made = tagged.resolved();
    } catch (AtmosException e) {
      String note = firstLine(e.sentence());
      String place = tagged.position() + ": ";
      return new Draft.Unmade(
          tagged.tag(),
          tagged.argument(),
          hidden,
          note.startsWith(place) ? note.substring(place.length()) : note,
          tagged.position());
    }
    return draft(made, schema, hidden);
  }

  private Draft scalar(ConfigText text, @Nullable Schema schema, boolean secret) {
    if (text.isNull()) {
      return new Draft.Nothing(text.position());
    }
    boolean hidden = secret || SecretVariables.isAt(text.position());
    if (hidden) {
      redactions.add(text.text());
    }
    return new Draft.Text(text.text(), text.plain(), hidden, schema, text.position());
  }

  private Draft mapping(ConfigMap map, @Nullable Schema schema, boolean secret) {
    Schema object = object(schema, map);
    Map<String, Draft> drafts = new LinkedHashMap<>();
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
      drafts.put(key, draft(value, below, secret || named));
    }
    return new Draft.Mapping(drafts, map.position());
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
    if (value instanceof DeferredValue tagged && !tagged.tag().equals(EXEC)) {
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
    List<String> secrets = new ArrayList<>();
    for (Schema.Field field : object.fields()) {
      if (isSecret(field.schema())) {
        secrets.add(field.name());
      }
    }
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
    boolean fits =
        switch (schema.type()) {
          case ONE_OF, ANYTHING -> false;
          case TEXT, NUMBER, FLAG, DURATION ->
              value instanceof ConfigText || value instanceof DeferredValue;
          case LIST -> value instanceof ConfigList;
          case MAP, OBJECT, BY_KIND -> value instanceof ConfigMap;
        };
    if (fits || schema.type() != Schema.Type.ONE_OF) {
      return fits ? schema : null;
    }
    for (Schema each : schema.alternatives()) {
      Schema picked = pick(each, value);
      if (picked != null) {
        return picked;
      }
    }
    return null;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private RedactedValue shown(Draft draft) {
    return switch (draft) {
      case Draft.Nothing nothing -> new RedactedValue.Leaf(null, "", nothing.position());
      case Draft.Text text -> new RedactedValue.Leaf(value(text), "", text.position());
      case Draft.Unmade unmade -> unmade(unmade);
      case Draft.Listing listing -> {
        List<RedactedValue> items = new ArrayList<>();
        for (Draft item : listing.items()) {
          items.add(shown(item));
        }
        yield new RedactedValue.Listing(items, listing.position());
      }
      case Draft.Mapping mapping -> {
        Map<String, RedactedValue> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key(key, entries), shown(value)));
        yield new RedactedValue.Mapping(entries, mapping.position());
      }
    };
  }

  private String key(String key, Map<String, RedactedValue> taken) {
    String shown = redactions.has(key) ? Redactions.REDACTED : key;
    String free = shown;
    for (int i = 2; taken.containsKey(free); i++) {
      free = shown + " " + i;
    }
    return free;
  }

  private Object value(Draft.Text draft) {
    String text = draft.text();
    if (text.isEmpty()) {
      return text;
    }
    if (draft.secret()) {
      return Redactions.REDACTED;
    }
    Schema schema = draft.schema();
    boolean command = schema != null && schema.effect() == Effect.COMMAND;
    String shown = command ? redactions.command(text) : redactions.value(text);
    return shown.equals(text) ? typed(draft) : shown;
  }

  /**
   * A flag is a boolean, a number is a number, and a text is a text. Where the type isn't known,
   * those that are the same to every reader are booleans and numbers.
   */
  private Object typed(Draft.Text draft) {
    String text = draft.text();
    Schema.Type type = draft.schema() == null ? null : draft.schema().type();
    boolean free = type == null && draft.plain();
    if (free ? isFlag(text) : type == Schema.Type.FLAG && isFlag(text.toLowerCase(Locale.ROOT))) {
      return Boolean.valueOf(text);
    }
    if ((free || type == Schema.Type.NUMBER) && number.matcher(text).matches()) {
      BigDecimal decimal = new BigDecimal(text);
      return decimal.toPlainString().equals(text) ? decimal : text;
    }
    return text;
  }

  private RedactedValue unmade(Draft.Unmade draft) {
    String text;
    if (draft.tag().isEmpty()) {
      text = UNREADABLE;
    } else if (draft.secret()) {
      text = draft.tag() + " " + Redactions.REDACTED;
    } else {
      text = (draft.tag() + " " + redactions.command(draft.argument())).strip();
    }
    String note = redactions.has(draft.note()) ? "can't be read" : draft.note();
    return new RedactedValue.Leaf(text, note, draft.position());
  }
}
