package dev.atmos.cli.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
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
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the configuration what may be shown of it. A value is a secret if its shape says so; if
 * nothing is known of it, and its key, one above it or its variable is {@linkplain SecretNames
 * named like one}; and if it has the text of another secret in it. No command is run.
 */
final class ConfigView {
  /** Small files can grow without bounds, by aliases of aliases. */
  static final int MOST_VALUES = 1_000_000;

  static final int MOST_CHARACTERS = 64 * 1024 * 1024;

  private static final int DEEPEST = 1000;

  private static final String EXEC = "!exec";
  private static final String ENV = "!env";
  private static final String NOT_RUN = "not run";
  private static final String UNREADABLE = "<unreadable>";

  /** How all formats and all programs write a number. */
  private final Pattern number = Pattern.compile("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?");

  private final Redactions redactions = new Redactions();
  private int values;
  private long characters;
  private int depth;

  private ConfigView() {}

  /**
   * The configuration as it may be shown.
   *
   * @param config the whole of it: a secret may stand again in another part
   * @param sections what its sections may hold
   */
  static Shown of(ConfigMap config, Map<String, Schema> sections) {
    List<Schema.Field> fields = new ArrayList<>();
    sections.forEach((name, shape) -> fields.add(new Schema.Field(name, shape, false, null)));
    ConfigView view = new ConfigView();
    Draft draft = view.draft(config, new Schema.Fields("", fields, true), false);
    return view.shown(draft);
  }

  /** The configuration with its secrets, and which these are: all are known only at its end. */
  private sealed interface Draft {

    /** A scalar; {@code shape} as far as it is known. */
    record Text(
        String text, boolean plain, boolean secret, @Nullable Schema shape, Position position)
        implements Draft {}

    /** What says nothing. */
    record Nothing(Position position) implements Draft {}

    /** What is shown as it was written, because it wasn't made. */
    record Unmade(String tag, String argument, boolean secret, String note, Position position)
        implements Draft {}

    record Mapping(Map<String, Draft> entries, Position position) implements Draft {}

    record Listing(List<Draft> items, Position position) implements Draft {}
  }

  private Draft draft(ConfigValue value, @Nullable Schema shape, boolean secret) {
    count(value);
    depth++;
    try {
      return switch (value) {
        case DeferredValue tagged -> made(tagged, shape, secret);
        case ConfigText text -> scalar(text, pick(shape, value), secret || isSecret(shape));
        case ConfigList list -> {
          boolean all = secret || isSecret(shape);
          Schema picked = pick(shape, value);
          Schema item = picked instanceof Schema.Items items ? items.item() : null;
          List<Draft> drafts = new ArrayList<>();
          for (ConfigValue each : list.items()) {
            drafts.add(draft(each, item, all));
          }
          yield new Draft.Listing(drafts, list.position());
        }
        case ConfigMap map -> mapping(map, pick(shape, value), secret || isSecret(shape));
      };
    } finally {
      depth--;
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

  private Draft made(DeferredValue tagged, @Nullable Schema shape, boolean secret) {
    boolean hidden =
        secret
            || isSecret(shape)
            || (tagged.tag().equals(ENV) && SecretNames.contains(firstWord(tagged.argument())));
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
    return draft(made, shape, hidden);
  }

  private Draft scalar(ConfigText text, @Nullable Schema shape, boolean secret) {
    if (text.isNull()) {
      return new Draft.Nothing(text.position());
    }
    boolean hidden = secret || isSecret(shape) || isFromSecretVariable(text.position());
    if (hidden) {
      redactions.add(text.text());
    }
    return new Draft.Text(text.text(), text.plain(), hidden, shape, text.position());
  }

  private Draft mapping(ConfigMap map, @Nullable Schema shape, boolean secret) {
    Schema.Fields fields =
        switch (shape) {
          case Schema.Fields known -> known;
          case Schema.Kinds kinds -> kinds.kinds().getOrDefault(kind(map), kinds.other());
          case null, default -> null;
        };
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      String key = entry.getKey();
      Schema below = null;
      ConfigValue peeked = peek(entry.getValue().value());
      boolean named =
          peeked instanceof ConfigMap ? SecretNames.coversMapping(key) : SecretNames.contains(key);
      if (fields != null) {
        Schema.@Nullable Field field = field(fields, key);
        if (field != null) {
          below = field.shape();
          // The shape knows better, where the value is of that shape.
          named &= pick(below, peeked) == null;
        } else {
          named |= isNearSecret(fields, key);
        }
      } else if (shape instanceof Schema.Named free) {
        below = free.value();
        // Names of the user's own: of a variable they may tell that it is a secret, but a mapping
        // with a shape knows better than its name.
        named &= !(peeked instanceof ConfigMap);
      }
      named |= key.equals("value") && (says(map, "key") || says(map, "name"));
      drafts.put(key, draft(entry.getValue().value(), below, secret || named));
    }
    return new Draft.Mapping(drafts, map.position());
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

  private static String kind(ConfigMap map) {
    return text(map, "kind");
  }

  /** Whether a mapping of {@code key} and {@code value}, or of {@code name}, names a secret. */
  private static boolean says(ConfigMap map, String key) {
    return SecretNames.contains(text(map, key));
  }

  private static String text(ConfigMap map, String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null && peek(entry.value()) instanceof ConfigText text ? text.text() : "";
  }

  private static Schema.@Nullable Field field(Schema.Fields fields, String key) {
    for (Schema.Field field : fields.fields()) {
      if (field.name().equals(key)) {
        return field;
      }
    }
    return null;
  }

  /** Whether a key is mistyped for that of a secret. */
  private static boolean isNearSecret(Schema.Fields fields, String key) {
    List<String> secrets = new ArrayList<>();
    for (Schema.Field field : fields.fields()) {
      if (isSecret(field.shape())) {
        secrets.add(field.name());
      }
    }
    return !NearestNames.of(key, secrets).isEmpty();
  }

  /** Whether it is a secret, whatever it is written as. */
  private static boolean isSecret(@Nullable Schema shape) {
    return switch (shape) {
      case Schema.Text text -> text.role() == Schema.Role.SECRET;
      case Schema.OneOf oneOf -> oneOf.shapes().stream().anyMatch(ConfigView::isSecret);
      case Schema.Items items -> isSecret(items.item());
      case Schema.Named named -> isSecret(named.value());
      case null, default -> false;
    };
  }

  /** The shape that a value has, of those that it may have; null if it has none of them. */
  private static @Nullable Schema pick(@Nullable Schema shape, ConfigValue value) {
    return switch (shape) {
      case null -> null;
      case Schema.OneOf oneOf -> {
        for (Schema each : oneOf.shapes()) {
          Schema picked = pick(each, value);
          if (picked != null) {
            yield picked;
          }
        }
        yield null;
      }
      case Schema.Anything anything -> null;
      case Schema.Text text -> value instanceof ConfigText || isUnmade(value) ? text : null;
      case Schema.Flag flag -> value instanceof ConfigText || isUnmade(value) ? flag : null;
      case Schema.Items items -> value instanceof ConfigList ? items : null;
      case Schema.Named named -> value instanceof ConfigMap ? named : null;
      case Schema.Fields fields -> value instanceof ConfigMap ? fields : null;
      case Schema.Kinds kinds -> value instanceof ConfigMap ? kinds : null;
    };
  }

  private static boolean isUnmade(ConfigValue value) {
    return value instanceof DeferredValue;
  }

  /**
   * Whether a value was written as {@code !env NAME}, with a name that speaks of a secret: the file
   * itself says so, where the value no longer does.
   */
  private static boolean isFromSecretVariable(Position position) {
    String text = position.source().text();
    int start = 0;
    for (int line = 1; line < position.line(); line++) {
      int end = endOfLine(text, start);
      if (end == text.length()) {
        return false;
      }
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    String line = text.substring(start, endOfLine(text, start));
    if (position.column() - 1 >= line.codePointCount(0, line.length())) {
      return false;
    }
    String value = line.substring(line.offsetByCodePoints(0, position.column() - 1)).strip();
    if (value.startsWith("&")) {
      value = value.substring(firstWord(value).length()).strip();
    }
    return value.startsWith(ENV + " ")
        && SecretNames.contains(firstWord(value.substring(ENV.length()).strip()));
  }

  private static int endOfLine(String text, int start) {
    int end = start;
    while (end < text.length() && "\n\r\u0085\u2028\u2029".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String firstWord(String text) {
    String stripped = text.strip();
    int end = 0;
    while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private Shown shown(Draft draft) {
    return switch (draft) {
      case Draft.Nothing nothing -> new Shown.Leaf(null, "", nothing.position());
      case Draft.Text text -> new Shown.Leaf(value(text), "", text.position());
      case Draft.Unmade unmade -> unmade(unmade);
      case Draft.Listing listing -> {
        List<Shown> items = new ArrayList<>();
        for (Draft item : listing.items()) {
          items.add(shown(item));
        }
        yield new Shown.Listing(items, listing.position());
      }
      case Draft.Mapping mapping -> {
        Map<String, Shown> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key(key, entries), shown(value)));
        yield new Shown.Mapping(entries, mapping.position());
      }
    };
  }

  private String key(String key, Map<String, Shown> taken) {
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
    boolean command =
        draft.shape() instanceof Schema.Text shape && shape.role() == Schema.Role.COMMAND;
    String shown = command ? redactions.command(text) : redactions.value(text);
    return shown.equals(text) ? typed(draft) : shown;
  }

  /**
   * A flag is a boolean, and a text is a text. Of what nobody knows what it is, those that look the
   * same to everybody are booleans and numbers.
   */
  private Object typed(Draft.Text draft) {
    String text = draft.text();
    boolean free = draft.shape() == null && draft.plain();
    if (free ? text.equals("true") : isFlag(draft, "true")) {
      return true;
    }
    if (free ? text.equals("false") : isFlag(draft, "false")) {
      return false;
    }
    if (free && number.matcher(text).matches()) {
      BigDecimal decimal = new BigDecimal(text);
      return decimal.toPlainString().equals(text) ? decimal : text;
    }
    return text;
  }

  private static boolean isFlag(Draft.Text draft, String value) {
    return draft.shape() instanceof Schema.Flag && draft.text().equalsIgnoreCase(value);
  }

  private Shown unmade(Draft.Unmade draft) {
    String text;
    if (draft.tag().isEmpty()) {
      text = UNREADABLE;
    } else if (draft.secret()) {
      text = draft.tag() + " " + Redactions.REDACTED;
    } else {
      text = (draft.tag() + " " + redactions.command(draft.argument())).strip();
    }
    String note = redactions.has(draft.note()) ? "can't be read" : draft.note();
    return new Shown.Leaf(text, note, draft.position());
  }
}
