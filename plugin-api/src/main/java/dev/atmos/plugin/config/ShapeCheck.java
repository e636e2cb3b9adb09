package dev.atmos.plugin.config;

import dev.atmos.plugin.AtmosException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a part of the configuration with its {@link Shape}. What runs or reads something is left
 * alone: of the values that a tag makes, only those of {@code !include} and {@code !include.raw}
 * are made, and of the others it is merely known that they are there.
 */
public final class ShapeCheck {
  private static final String KIND = "kind";
  private static final int LONGEST_NAME = 100;

  private final List<Problem> problems = new ArrayList<>();

  private ShapeCheck() {}

  /**
   * All that is wrong with a value, each with the path and the place of its own. A mapping or a
   * list of the wrong type is one problem, whatever is in it. What an anchor or an include brings
   * to several places is told of once.
   *
   * @param path the keys that lead to the value, joined by dots, such as {@code auth}
   */
  public static List<Problem> check(Shape shape, ConfigValue value, String path) {
    Map<List<Object>, Problem> distinct = new LinkedHashMap<>();
    for (Problem problem : checkEach(shape, value, path)) {
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
  public static List<Problem> checkEach(Shape shape, ConfigValue value, String path) {
    ShapeCheck check = new ShapeCheck();
    String subject = quoted(last(path));
    ConfigValue found = check.made(shape, value, subject, path);
    if (found != null && !isNull(found)) {
      check.value(shape, found, subject, found.position(), path);
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
    return value instanceof ConfigTagged tagged
        && !tagged.tag().isEmpty()
        && !tagged.tag().equals("!include")
        && !tagged.tag().equals("!include.raw");
  }

  /**
   * The value that a tag makes, where that may be made here; null where it can't be known. What
   * runs or reads something makes texts only.
   */
  private @Nullable ConfigValue made(Shape shape, ConfigValue value, String subject, String path) {
    if (!(value instanceof ConfigTagged tagged)) {
      return value;
    }
    if (isDeferred(tagged)) {
      if (isMapping(shape) || shape instanceof Shape.Items) {
        wrongType(shape, value, subject, path);
      }
      return null;
    }
    try {
      return tagged.resolved();
    } catch (AtmosException e) {
      problems.add(Problem.of(path, tagged.position(), e));
      return null;
    }
  }

  /**
   * Compares a value that says something.
   *
   * @param subject what messages call it
   * @param at where its key is; where it begins, if it has none
   */
  private void value(Shape shape, ConfigValue value, String subject, Position at, String path) {
    if (shape instanceof Shape.Anything) {
      return;
    }
    Shape fitting = shape instanceof Shape.OneOf oneOf ? fitting(oneOf, value) : shape;
    if (fitting instanceof Shape.Text text && value instanceof ConfigText found) {
      text(text, found, subject, path);
    } else if (fitting instanceof Shape.Flag && value instanceof ConfigText found) {
      if (!found.text().equalsIgnoreCase("true") && !found.text().equalsIgnoreCase("false")) {
        error(path, found.position(), subject + " must be true or false", null);
      }
    } else if (fitting instanceof Shape.Items items && value instanceof ConfigList found) {
      items(items, found, subject, path);
    } else if (fitting instanceof Shape.Named named && value instanceof ConfigMap found) {
      named(named, found, path);
    } else if (fitting instanceof Shape.Fields fields && value instanceof ConfigMap found) {
      fields(fields, found, subject, at, path);
    } else if (fitting instanceof Shape.Kinds kinds && value instanceof ConfigMap found) {
      kinds(kinds, found, subject, at, path);
    } else {
      wrongType(shape, value, subject, path);
    }
  }

  private void wrongType(Shape shape, ConfigValue value, String subject, String path) {
    error(
        path,
        value.position(),
        subject + " must be " + wanted(shape) + ", and is " + value.describe(),
        null);
  }

  private static @Nullable Shape fitting(Shape.OneOf oneOf, ConfigValue value) {
    for (Shape shape : oneOf.shapes()) {
      boolean fits =
          value instanceof ConfigText
              ? shape instanceof Shape.Text || shape instanceof Shape.Flag
              : value instanceof ConfigList ? shape instanceof Shape.Items : isMapping(shape);
      if (fits) {
        return shape;
      }
    }
    return null;
  }

  private static boolean isMapping(Shape shape) {
    return shape instanceof Shape.Named
        || shape instanceof Shape.Fields
        || shape instanceof Shape.Kinds;
  }

  private static String wanted(Shape shape) {
    if (shape instanceof Shape.OneOf oneOf) {
      StringBuilder wanted = new StringBuilder();
      for (Shape one : oneOf.shapes()) {
        wanted.append(wanted.isEmpty() ? "" : " or ").append(wanted(one));
      }
      return wanted.toString();
    }
    if (shape instanceof Shape.Flag) {
      return "true or false";
    }
    if (shape instanceof Shape.Items) {
      return "a list";
    }
    return isMapping(shape) ? "a mapping" : "a text";
  }

  private void text(Shape.Text shape, ConfigText found, String subject, String path) {
    String text = found.text();
    List<String> values = shape.values();
    if (!values.isEmpty()) {
      if (!values.contains(text)) {
        error(
            path,
            found.position(),
            subject + " must be " + alternatives(values),
            meant(NearestKeys.of(text, values)));
      }
      return;
    }
    String pattern = shape.pattern();
    if (pattern != null && !Pattern.matches(pattern, text)) {
      String format = shape.format();
      String example = shape.example();
      String corrected = text.strip().toLowerCase(Locale.ROOT);
      // Of the form that is asked for, so it is no secret that ended up here.
      boolean nearly =
          shape.role() == Shape.Role.PLAIN
              && corrected.length() <= LONGEST_NAME
              && Pattern.matches(pattern, corrected);
      error(
          path,
          found.position(),
          subject + " must be " + (format == null ? "of another form" : format),
          nearly ? meant(List.of(corrected)) : example == null ? null : "for example: " + example);
    }
  }

  private void items(Shape.Items shape, ConfigList list, String subject, String path) {
    String item = "an item of " + subject;
    for (int i = 0; i < list.items().size(); i++) {
      String itemPath = path + "[" + i + "]";
      ConfigValue value = made(shape.item(), list.items().get(i), item, itemPath);
      if (value != null && isNull(value)) {
        error(itemPath, value.position(), item + " is empty", null);
      } else if (value != null) {
        value(shape.item(), value, item, value.position(), itemPath);
      }
    }
  }

  private void named(Shape.Named shape, ConfigMap map, String path) {
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      Position at = entry.getValue().keyPosition();
      String entryPath = path(path, entry.getKey());
      String name = quoted(entry.getKey());
      ConfigValue value = made(shape.value(), entry.getValue().value(), name, entryPath);
      if (value != null && isNull(value) && isMapping(shape.value())) {
        // A name with nothing below it lacks the fields that must be there.
        value = new ConfigMap(Map.of(), at);
      }
      if (value != null && !isNull(value)) {
        value(shape.value(), value, name, at, entryPath);
      }
    }
  }

  private void kinds(Shape.Kinds shape, ConfigMap map, String subject, Position at, String path) {
    Shape.Fields fields = shape.other();
    ConfigMap.Entry entry = map.entries().get(KIND);
    if (entry != null) {
      String kindPath = path(path, KIND);
      if (isDeferred(entry.value())) {
        error(
            kindPath,
            entry.value().position(),
            "'kind' must be written as it is, and not be made by a tag",
            null);
      } else {
        Shape.Fields other = fields;
        fields = kind(entry.value()).map(kind -> shape.kinds().get(kind)).orElse(other);
      }
    }
    fields(fields, map, subject, at, path);
  }

  /** The kind, if there is one; what is wrong with it is told of with the other fields. */
  private static Optional<String> kind(ConfigValue value) {
    try {
      return value.resolved() instanceof ConfigText kind
          ? Optional.of(kind.text())
          : Optional.empty();
    } catch (AtmosException e) {
      return Optional.empty();
    }
  }

  private void fields(Shape.Fields shape, ConfigMap map, String subject, Position at, String path) {
    Map<String, Shape.Field> known = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Shape.Field field : shape.fields()) {
      known.put(field.name(), field);
      if (field.required() && !map.entries().containsKey(field.name())) {
        missing.add(field.name());
      }
    }
    for (Map.Entry<String, ConfigMap.Entry> entry : map.entries().entrySet()) {
      Shape.Field field = known.get(entry.getKey());
      if (field != null) {
        field(field, entry.getValue(), subject, path(path, entry.getKey()));
      } else {
        unknown(shape, entry.getKey(), entry.getValue().keyPosition(), missing, path);
      }
    }
    for (String name : missing) {
      error(path(path, name), at, missing(name, subject), null);
    }
  }

  private void field(Shape.Field field, ConfigMap.Entry entry, String parent, String path) {
    String name = quoted(field.name());
    ConfigValue value = made(field.shape(), entry.value(), name, path);
    if (value == null) {
      return;
    }
    if (isNull(value)) {
      if (field.required()) {
        error(path, entry.keyPosition(), missing(field.name(), parent), null);
      }
    } else if (value instanceof ConfigText text && text.text().isEmpty() && isText(field.shape())) {
      // Most likely an !env of a variable that isn't set: as if the field weren't there.
      if (field.required()) {
        error(path, value.position(), empty(field.name()), null);
      }
    } else {
      value(field.shape(), value, name, entry.keyPosition(), path);
    }
  }

  private static boolean isText(Shape shape) {
    return shape instanceof Shape.Text
        || (shape instanceof Shape.OneOf oneOf
            && oneOf.shapes().stream().anyMatch(Shape.Text.class::isInstance));
  }

  /** A key that isn't known; one that is a required one, mistyped, is told of together with it. */
  private void unknown(
      Shape.Fields shape, String key, Position position, List<String> missing, String path) {
    List<String> meantAndMissing = NearestKeys.of(key, missing);
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
    if (shape.open()) {
      return;
    }
    String below = below(shape, key, "");
    List<String> names = new ArrayList<>();
    for (Shape.Field field : shape.fields()) {
      names.add(field.name());
    }
    List<String> nearest = NearestKeys.of(key, names);
    String hint;
    if (below != null) {
      hint = "it belongs below " + quoted(below);
    } else if (nearest.isEmpty()) {
      hint = names.isEmpty() ? null : "known here: " + list(names);
    } else {
      hint = meant(nearest);
    }
    problems.add(Problem.warning(path(path, key), position, "unknown key " + quoted(key), hint));
  }

  /** Where below a mapping a key belongs; null if it doesn't. */
  private static @Nullable String below(Shape.Fields shape, String key, String prefix) {
    for (Shape.Field field : shape.fields()) {
      if (field.shape() instanceof Shape.Fields nested) {
        String path = prefix + field.name();
        for (Shape.Field candidate : nested.fields()) {
          if (candidate.name().equals(key)) {
            return path;
          }
        }
        String deeper = below(nested, key, path + ".");
        if (deeper != null) {
          return deeper;
        }
      }
    }
    return null;
  }

  private void error(String path, Position position, String sentence, @Nullable String hint) {
    problems.add(Problem.error(path, position, sentence, hint));
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
