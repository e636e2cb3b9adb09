package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a part of the configuration with its {@link Schema}. What runs or reads something is
 * left alone: of the values that a tag makes, only those of {@code !include} and {@code
 * !include.raw} are made, and of the others it is merely known that they are there.
 */
public final class SchemaCheck {
  /** The description of a field of the atmos written in Go that changes nothing here. */
  public static final String UNUSED = "Has no effect.";

  private static final String KIND = "kind";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private SchemaCheck() {}

  /**
   * All that is wrong with a value, each with the path and the place of its own. A mapping or a
   * list of the wrong type is one problem, whatever is in it. What an anchor or an include brings
   * to several places is reported once.
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
   * Like {@link #check}, but what an anchor or an include brings to several places is reported for
   * each of their paths: it says what can't be used.
   */
  public static List<ConfigProblem> checkEach(Schema schema, ConfigValue value, String path) {
    SchemaCheck check = new SchemaCheck();
    String subject = DisplayNames.quoted(last(path));
    ConfigValue found = check.made(schema, value, subject, path);
    if (found != null && !found.isNull()) {
      check.value(schema, found, subject, found.position(), path);
    }
    return List.copyOf(check.problems);
  }

  /**
   * The path of a key below a path. A name that holds anything but letters, digits, {@code _},
   * {@code -} and {@code /} stands in quotes, so that the dots of names and those of paths differ.
   */
  public static String path(String parent, String key) {
    return ConfigMap.path(parent, key);
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
    Schema fitting = fitting(schema, value);
    if (fitting == null) {
      wrongType(schema, value, subject, path);
    } else if (fitting.type() != Schema.Type.ANYTHING) {
      // On the token path, where a switch over types would make classes.
      if (value instanceof ConfigText text) {
        new ScalarCheck(fitting, text, subject, path).problem().ifPresent(problems::add);
      } else if (value instanceof ConfigList list) {
        items(fitting, list, subject, path);
      } else if (value instanceof ConfigMap map && fitting.type() == Schema.Type.MAP) {
        named(fitting, map, path);
      } else if (value instanceof ConfigMap map) {
        fields(ofKind(fitting, map, path), map, subject, at, path);
      } else {
        throw new IllegalArgumentException("not made: " + value);
      }
    }
  }

  private void wrongType(Schema schema, ConfigValue value, String subject, String path) {
    error(
        path,
        value.position(),
        subject + " must be " + wanted(schema) + ", and is " + value.describe(),
        null);
  }

  private static @Nullable Schema fitting(Schema schema, ConfigValue value) {
    return switch (schema.type()) {
      case ANYTHING -> schema;
      case ONE_OF ->
          schema.alternatives().stream().filter(one -> fits(one, value)).findFirst().orElse(null);
      default -> fits(schema, value) ? schema : null;
    };
  }

  private static boolean fits(Schema schema, ConfigValue value) {
    if (value instanceof ConfigText) {
      return isScalar(schema);
    }
    return value instanceof ConfigList
        ? schema.type() == Schema.Type.LIST
        : value instanceof ConfigMap && isMapping(schema);
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
      case ONE_OF ->
          schema.alternatives().stream()
              .map(SchemaCheck::wanted)
              .collect(Collectors.joining(" or "));
      case FLAG -> "true or false";
      case NUMBER -> "a whole number";
      case LIST -> "a list";
      case MAP, OBJECT, BY_KIND -> "a mapping";
      default -> "a text";
    };
  }

  private void items(Schema schema, ConfigList list, String subject, String path) {
    String item = "an item of " + subject;
    for (int i = 0; i < list.items().size(); i++) {
      String itemPath = path + "[" + i + "]";
      ConfigValue value = made(schema.item(), list.items().get(i), item, itemPath);
      if (value != null && value.isNull()) {
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
      String name = DisplayNames.quoted(entry.getKey());
      ConfigValue value = made(schema.item(), entry.getValue().value(), name, entryPath);
      if (value != null && value.isNull() && isMapping(schema.item())) {
        // A name with nothing below it lacks the fields that must be there.
        value = new ConfigMap(Map.of(), at);
      }
      if (value != null && !value.isNull()) {
        value(schema.item(), value, name, at, entryPath);
      }
    }
  }

  /** The fields of a mapping: where its kind decides, those of the kind. */
  private Schema ofKind(Schema schema, ConfigMap map, String path) {
    if (schema.type() != Schema.Type.BY_KIND) {
      return schema;
    }
    ConfigMap.Entry entry = map.entries().get(KIND);
    if (entry != null && isDeferred(entry.value())) {
      error(
          path(path, KIND),
          entry.value().position(),
          "'kind' must be written as it is, and not be made by a tag",
          null);
    } else if (entry != null) {
      return kind(entry.value()).map(schema.kinds()::get).orElse(schema.item());
    }
    return schema.item();
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
    List<String> missing = new ArrayList<>(names(schema, Schema.Field::required));
    missing.removeAll(map.entries().keySet());
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
    RuleCheck rules = new RuleCheck(problems, schema, map, subject, at, path);
    schema.rules().forEach(rules::check);
  }

  private void field(Schema.Field field, ConfigMap.Entry entry, String parent, String path) {
    String name = DisplayNames.quoted(field.name());
    ConfigValue value = made(field.schema(), entry.value(), name, path);
    if (value == null) {
      return;
    }
    if (value.isNull()) {
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
      if (field.schema().description().equals(UNUSED)) {
        warning(path, entry.keyPosition(), name + " has no effect", null);
      }
    }
  }

  /** A key that isn't known; a required one that is mistyped is one problem, not two. */
  private void unknown(
      Schema schema, String key, Position position, List<String> missing, String path) {
    List<String> nearestMissing = NearestNames.of(key, missing);
    if (nearestMissing.size() == 1) {
      String name = nearestMissing.get(0);
      missing.remove(name);
      error(
          path(path, key),
          position,
          DisplayNames.quoted(key)
              + " is not known here, and "
              + DisplayNames.quoted(name)
              + " is missing",
          didYouMean(nearestMissing));
      return;
    }
    if (schema.isOpen()) {
      return;
    }
    String below = below(schema, key, "");
    List<String> names = names(schema, field -> true);
    List<String> nearest = NearestNames.of(key, names);
    String hint =
        below != null
            ? "it belongs below " + DisplayNames.quoted(below)
            : nearest.isEmpty() && !names.isEmpty()
                ? "known here: " + String.join(", ", names)
                : didYouMean(nearest);
    warning(path(path, key), position, "unknown key " + DisplayNames.quoted(key), hint);
  }

  private static List<String> names(Schema schema, Predicate<Schema.Field> which) {
    return schema.fields().stream().filter(which).map(Schema.Field::name).toList();
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

  private void warning(String path, Position position, String sentence, @Nullable String hint) {
    problems.add(ConfigProblem.warning(path, position, sentence, hint));
  }

  private static String missing(String name, String parent) {
    return DisplayNames.quoted(name) + " is missing from " + parent;
  }

  static String empty(String name) {
    return DisplayNames.quoted(name) + " is empty; most likely its variable is not set";
  }

  static @Nullable String didYouMean(List<String> nearest) {
    return nearest.isEmpty() ? null : "did you mean " + DisplayNames.alternatives(nearest) + "?";
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
