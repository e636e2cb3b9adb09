package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.text.NearestNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a part of the configuration with its {@link Schema}. What runs or reads something is
 * left alone: of the values that a tag makes, only those of {@code !include} and {@code
 * !include.raw} are made, and of the others it is merely known that they are there.
 */
public final class SchemaCheck {
  private static final String KIND = "kind";
  private static final int LONGEST_NAME = 100;

  private final List<ConfigProblem> problems = new ArrayList<>();

  private SchemaCheck() {}

  /**
   * All that is wrong with a value, each with the path and the place of its own. A mapping or a
   * list of the wrong type is one problem, whatever is in it. What an anchor or an include brings
   * to several places is told of once.
   *
   * @param path the keys that lead to the value, joined by dots, such as {@code auth}
   */
  public static List<ConfigProblem> check(Schema schema, ConfigValue value, String path) {
    Map<List<Object>, ConfigProblem> distinct = new LinkedHashMap<>();
    for (ConfigProblem problem : checkEach(schema, value, path)) {
      Position position = problem.position();
      distinct.putIfAbsent(
          List.of(position == null ? problem.path() : position, problem.sentence()), problem);
    }
    return List.copyOf(distinct.values());
  }

  /**
   * Like {@link #check}, but what an anchor or an include brings to several places is told of for
   * each of their paths: for who needs to know what can't be used.
   */
  public static List<ConfigProblem> checkEach(Schema schema, ConfigValue value, String path) {
    SchemaCheck check = new SchemaCheck();
    String subject = quoted(last(path));
    ConfigValue found = check.made(schema, value, subject, path);
    if (found != null && !isNull(found)) {
      check.value(schema, found, subject, found.position(), path);
    }
    return List.copyOf(check.problems);
  }

  /**
   * The path of a key below a path. A name that holds anything but letters, digits, {@code _},
   * {@code -} and {@code /} stands in quotes, so that the dots of names and those of paths differ.
   */
  public static String path(String parent, String key) {
    boolean plain = !key.isEmpty();
    for (int i = 0; i < key.length() && plain; i++) {
      char c = key.charAt(i);
      plain = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '/';
    }
    return parent + "." + (plain ? key : "\"" + key.replace("\"", "\\\"") + "\"");
  }

  /**
   * Whether nothing but using a value can tell what it is: a tag makes it by running or reading.
   */
  public static boolean isDeferred(ConfigValue value) {
    return value instanceof DeferredValue tagged
        && !tagged.tag().isEmpty()
        && !tagged.tag().equals("!include")
        && !tagged.tag().equals("!include.raw");
  }

  /**
   * The value that a tag makes, where that may be made here; null where it can't be known. What
   * runs or reads something makes texts only.
   */
  private @Nullable ConfigValue made(
      Schema schema, ConfigValue value, String subject, String path) {
    if (!(value instanceof DeferredValue tagged)) {
      return value;
    }
    if (isDeferred(tagged)) {
      if (isMapping(schema) || schema.type() == Schema.Type.LIST) {
        wrongType(schema, value, subject, path);
      }
      return null;
    }
    try {
      return tagged.resolved();
    } catch (AtmosException e) {
      problems.add(ConfigProblem.of(path, tagged.position(), e));
      return null;
    }
  }

  /**
   * Compares a value that isn't empty.
   *
   * @param subject what messages call it
   * @param at where its key is; where it begins, if it has none
   */
  private void value(Schema schema, ConfigValue value, String subject, Position at, String path) {
    Schema fitting = schema.type() == Schema.Type.ONE_OF ? fitting(schema, value) : schema;
    if (fitting == null) {
      wrongType(schema, value, subject, path);
      return;
    }
    boolean compared =
        switch (fitting.type()) {
          case ANYTHING -> true;
          case TEXT, NUMBER, FLAG, DURATION -> {
            if (value instanceof ConfigText found) {
              scalar(fitting, found, subject, path);
            }
            yield value instanceof ConfigText;
          }
          case LIST -> {
            if (value instanceof ConfigList found) {
              items(fitting, found, subject, path);
            }
            yield value instanceof ConfigList;
          }
          case MAP -> {
            if (value instanceof ConfigMap found) {
              named(fitting, found, path);
            }
            yield value instanceof ConfigMap;
          }
          case OBJECT -> {
            if (value instanceof ConfigMap found) {
              fields(fitting, found, subject, at, path);
            }
            yield value instanceof ConfigMap;
          }
          case BY_KIND -> {
            if (value instanceof ConfigMap found) {
              kinds(fitting, found, subject, at, path);
            }
            yield value instanceof ConfigMap;
          }
          case ONE_OF -> false;
        };
    if (!compared) {
      wrongType(schema, value, subject, path);
    }
  }

  private void wrongType(Schema schema, ConfigValue value, String subject, String path) {
    error(
        path,
        value.position(),
        subject + " must be " + wanted(schema) + ", and is " + value.describe(),
        null);
  }

  private static @Nullable Schema fitting(Schema oneOf, ConfigValue value) {
    for (Schema schema : oneOf.alternatives()) {
      boolean fits =
          value instanceof ConfigText
              ? isScalar(schema)
              : value instanceof ConfigList ? schema.type() == Schema.Type.LIST : isMapping(schema);
      if (fits) {
        return schema;
      }
    }
    return null;
  }

  private static boolean isScalar(Schema schema) {
    return switch (schema.type()) {
      case TEXT, NUMBER, FLAG, DURATION -> true;
      case ONE_OF -> schema.alternatives().stream().anyMatch(SchemaCheck::isScalar);
      default -> false;
    };
  }

  private static boolean isMapping(Schema schema) {
    return switch (schema.type()) {
      case MAP, OBJECT, BY_KIND -> true;
      default -> false;
    };
  }

  private static String wanted(Schema schema) {
    return switch (schema.type()) {
      case ONE_OF -> {
        StringBuilder wanted = new StringBuilder();
        for (Schema one : schema.alternatives()) {
          wanted.append(wanted.isEmpty() ? "" : " or ").append(wanted(one));
        }
        yield wanted.toString();
      }
      case FLAG -> "true or false";
      case NUMBER -> "a whole number";
      case LIST -> "a list";
      case MAP, OBJECT, BY_KIND -> "a mapping";
      default -> "a text";
    };
  }

  private void scalar(Schema schema, ConfigText found, String subject, String path) {
    switch (schema.type()) {
      case FLAG -> {
        if (!found.text().equalsIgnoreCase("true") && !found.text().equalsIgnoreCase("false")) {
          error(path, found.position(), subject + " must be true or false", null);
        }
      }
      case NUMBER -> {
        if (!found.text().matches("[+-]?[0-9]{1,18}")) {
          error(path, found.position(), subject + " must be a whole number", null);
        }
      }
      case DURATION -> duration(schema, found, subject, path);
      default -> text(schema, found, subject, path);
    }
  }

  private void duration(Schema schema, ConfigText found, String subject, String path) {
    Duration duration = DurationText.parse(found.text());
    if (duration == null) {
      error(
          path,
          found.position(),
          subject + " must be " + DurationText.FORMAT,
          "for example: " + schema.example().orElse("8h"));
      return;
    }
    Duration shortest = schema.shortest().orElse(duration);
    Duration longest = schema.longest().orElse(duration);
    boolean more = duration.compareTo(longest) > 0;
    if (more || duration.compareTo(shortest) < 0) {
      problems.add(
          ConfigProblem.warning(
              path,
              found.position(),
              subject + " is " + (more ? "more" : "less") + " than is allowed here",
              "allowed: " + shown(shortest) + " to " + shown(longest)));
    }
  }

  private static String shown(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private void text(Schema schema, ConfigText found, String subject, String path) {
    String text = found.text();
    List<String> choices = schema.choices();
    if (!choices.isEmpty()) {
      if (!choices.contains(text)) {
        error(
            path,
            found.position(),
            subject + " must be " + alternatives(choices),
            meant(NearestNames.of(text, choices)));
      }
      return;
    }
    String pattern = schema.pattern().orElse(null);
    if (pattern != null && !Pattern.matches(pattern, text)) {
      String corrected = text.strip().toLowerCase(Locale.ROOT);
      // Of the form that is asked for, so it isn't a secret that ended up here.
      boolean nearly =
          schema.effect() == Effect.DATA
              && !schema.isSecret()
              && corrected.length() <= LONGEST_NAME
              && Pattern.matches(pattern, corrected);
      error(
          path,
          found.position(),
          subject + " must be " + schema.format().orElse("of another form"),
          nearly
              ? meant(List.of(corrected))
              : schema.example().map(example -> "for example: " + example).orElse(null));
    } else if (!schema.knownTexts().isEmpty() && !schema.knownTexts().contains(text)) {
      problems.add(
          ConfigProblem.warning(
              path,
              found.position(),
              subject + " is not a known value",
              "known: " + list(schema.knownTexts())));
    }
  }

  private void items(Schema schema, ConfigList list, String subject, String path) {
    String item = "an item of " + subject;
    for (int i = 0; i < list.items().size(); i++) {
      String itemPath = path + "[" + i + "]";
      ConfigValue value = made(schema.item(), list.items().get(i), item, itemPath);
      if (value != null && isNull(value)) {
        error(itemPath, value.position(), item + " is empty", null);
      } else if (value != null) {
        value(schema.item(), value, item, value.position(), itemPath);
      }
    }
  }

  private void named(Schema schema, ConfigMap map, String path) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      Position at = entry.getValue().keyPosition();
      String entryPath = path(path, entry.getKey());
      String name = quoted(entry.getKey());
      ConfigValue value = made(schema.item(), entry.getValue().value(), name, entryPath);
      if (value != null && isNull(value) && isMapping(schema.item())) {
        // A name with nothing below it lacks the fields that must be there.
        value = new ConfigMap(Map.of(), at);
      }
      if (value != null && !isNull(value)) {
        value(schema.item(), value, name, at, entryPath);
      }
    }
  }

  private void kinds(Schema schema, ConfigMap map, String subject, Position at, String path) {
    Schema fields = schema.item();
    ConfigMap.Entry entry = map.entries().get(KIND);
    if (entry != null) {
      if (isDeferred(entry.value())) {
        error(
            path(path, KIND),
            entry.value().position(),
            "'kind' must be written as it is, and not be made by a tag",
            null);
      } else {
        Schema other = fields;
        fields = kind(entry.value()).map(kind -> schema.kinds().get(kind)).orElse(other);
      }
    }
    fields(fields, map, subject, at, path);
  }

  /** The kind, if there is one; what is wrong with it is reported with the other fields. */
  private static Optional<String> kind(ConfigValue value) {
    try {
      return value.resolved() instanceof ConfigText kind
          ? Optional.of(kind.text())
          : Optional.empty();
    } catch (AtmosException e) {
      return Optional.empty();
    }
  }

  private void fields(Schema schema, ConfigMap map, String subject, Position at, String path) {
    List<String> missing = new ArrayList<>();
    for (Schema.Field field : schema.fields()) {
      if (field.required() && !map.entries().containsKey(field.name())) {
        missing.add(field.name());
      }
    }
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      Optional<Schema.Field> field = schema.field(entry.getKey());
      if (field.isPresent()) {
        field(field.get(), entry.getValue(), subject, path(path, entry.getKey()));
      } else {
        unknown(schema, entry.getKey(), entry.getValue().keyPosition(), missing, path);
      }
    }
    for (String name : missing) {
      error(path(path, name), at, missing(name, subject), null);
    }
    for (Schema.Rule rule : schema.rules()) {
      rule(schema, rule, map, subject, at, path);
    }
  }

  private void rule(
      Schema schema, Schema.Rule rule, ConfigMap map, String subject, Position at, String path) {
    List<String> there = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String name : rule.fields()) {
      (says(map.entries().get(name)) ? there : absent).add(name);
    }
    switch (rule.type()) {
      case ANY_OF -> {
        if (there.isEmpty()) {
          lacking(schema, rule.fields(), subject, at, path);
        }
      }
      case TOGETHER -> together(map, there, absent, path);
      case ONLY_WITH -> {
        String first = rule.fields().get(0);
        if (there.contains(first) && absent.size() == rule.fields().size() - 1) {
          problems.add(
              ConfigProblem.warning(
                  path(path, first),
                  map.positionOf(first),
                  quoted(first)
                      + " is there without "
                      + quoted(rule.fields().get(1))
                      + ", and is not used",
                  null));
        }
      }
    }
  }

  /** Fields that have to be there together. One that is empty isn't left out: its variable is. */
  private void together(ConfigMap map, List<String> there, List<String> absent, String path) {
    boolean reported = false;
    for (String name : absent) {
      ConfigMap.Entry entry = map.entries().get(name);
      if (entry != null && (!there.isEmpty() || !isNull(entry.value()))) {
        error(path(path, name), entry.keyPosition(), empty(name), null);
        reported = true;
      }
    }
    if (!reported && !there.isEmpty() && !absent.isEmpty()) {
      String alone = there.get(0);
      error(
          path(path, alone),
          map.positionOf(alone),
          quoted(alone) + " is there without " + quoted(absent.get(0)),
          null);
    }
  }

  private static boolean says(ConfigMap.@Nullable Entry entry) {
    if (entry == null) {
      return false;
    }
    if (isDeferred(entry.value())) {
      return true;
    }
    try {
      return !(entry.value().resolved() instanceof ConfigText text
          && (text.isNull() || text.text().isEmpty()));
    } catch (AtmosException e) {
      return true;
    }
  }

  /**
   * An error for a mapping that has none of the keys of which it needs one. A key that isn't known
   * there is most likely one of these: it is reported here, and not once more by itself.
   */
  private void lacking(
      Schema schema, List<String> names, String subject, Position at, String path) {
    StringBuilder quoted = new StringBuilder();
    StringBuilder examples = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean last = i == names.size() - 1;
      quoted.append(i == 0 ? "" : last ? " nor " : ", ").append(quoted(name));
      Schema field = schema.field(name).map(Schema.Field::schema).orElse(Schema.text(""));
      String value =
          field.format().isEmpty() ? "NAME" : field.example().orElse(field.format().get());
      examples.append(i == 0 ? "" : ", or ").append(name).append(": ").append(value);
    }
    String sentence = subject + " has neither " + quoted;
    for (ConfigProblem problem : problems) {
      if (!problem.isError()
          && problem.path().startsWith(path + ".")
          && problem.position() != null) {
        problems.remove(problem);
        error(path, problem.position(), sentence + ": " + problem.sentence(), problem.hint());
        return;
      }
    }
    error(path, at, sentence, "add: " + examples);
  }

  private void field(Schema.Field field, ConfigMap.Entry entry, String parent, String path) {
    String name = quoted(field.name());
    ConfigValue value = made(field.schema(), entry.value(), name, path);
    if (value == null) {
      return;
    }
    if (isNull(value)) {
      if (field.required()) {
        error(path, entry.keyPosition(), missing(field.name(), parent), null);
      }
    } else if (value instanceof ConfigText text
        && text.text().isEmpty()
        && isScalar(field.schema())) {
      // Most likely an !env of a variable that isn't set: as if the field weren't there.
      if (field.required()) {
        error(path, value.position(), empty(field.name()), null);
      }
    } else {
      value(field.schema(), value, name, entry.keyPosition(), path);
    }
  }

  /** A key that isn't known; one that is a required one, mistyped, is told of together with it. */
  private void unknown(
      Schema schema, String key, Position position, List<String> missing, String path) {
    List<String> meantAndMissing = NearestNames.of(key, missing);
    if (meantAndMissing.size() == 1) {
      String name = meantAndMissing.get(0);
      missing.remove(name);
      error(
          path(path, key),
          position,
          quoted(key) + " is not known here, and " + quoted(name) + " is missing",
          meant(meantAndMissing));
      return;
    }
    if (schema.isOpen()) {
      return;
    }
    String below = below(schema, key, "");
    List<String> names = new ArrayList<>();
    for (Schema.Field field : schema.fields()) {
      names.add(field.name());
    }
    List<String> nearest = NearestNames.of(key, names);
    String hint;
    if (below != null) {
      hint = "it belongs below " + quoted(below);
    } else if (nearest.isEmpty()) {
      hint = names.isEmpty() ? null : "known here: " + list(names);
    } else {
      hint = meant(nearest);
    }
    problems.add(
        ConfigProblem.warning(path(path, key), position, "unknown key " + quoted(key), hint));
  }

  /** Where below a mapping a key belongs; null if it doesn't. */
  private static @Nullable String below(Schema schema, String key, String prefix) {
    for (Schema.Field field : schema.fields()) {
      if (field.schema().type() == Schema.Type.OBJECT) {
        String path = prefix + field.name();
        if (field.schema().field(key).isPresent()) {
          return path;
        }
        String deeper = below(field.schema(), key, path + ".");
        if (deeper != null) {
          return deeper;
        }
      }
    }
    return null;
  }

  private void error(String path, Position position, String sentence, @Nullable String hint) {
    problems.add(ConfigProblem.error(path, position, sentence, hint));
  }

  private static String missing(String name, String parent) {
    return quoted(name) + " is missing from " + parent;
  }

  private static String empty(String name) {
    return quoted(name) + " is empty; most likely its variable is not set";
  }

  private static boolean isNull(ConfigValue value) {
    return value instanceof ConfigText text && text.isNull();
  }

  private static @Nullable String meant(List<String> nearest) {
    return nearest.isEmpty() ? null : "did you mean " + alternatives(nearest) + "?";
  }

  private static String alternatives(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : i == names.size() - 1 ? " or " : ", ").append(shown(names.get(i)));
    }
    return text.toString();
  }

  private static String list(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(text.isEmpty() ? "" : ", ").append(shown(name));
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return "'" + shown(name) + "'";
  }

  /** On one line, and not without end. */
  private static String shown(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      boolean invisible =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == '\u2028'
              || c == '\u2029';
      text.append(invisible ? '?' : c);
    }
    return name.length() > LONGEST_NAME ? text + "..." : text.toString();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
