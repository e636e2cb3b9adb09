package dev.atmos.plugin.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the configuration may hold, as a value: checks, the JSON Schema of {@code
 * atmos.yaml}, the redaction of secrets and the question what a file would run are all made of it.
 */
public sealed interface Shape {

  /** What it is for, in one sentence; shown by editors. */
  String description();

  /** What a text is used for. */
  enum Role {
    /** It is data. */
    PLAIN,
    /** It is a secret, and never shown. */
    SECRET,
    /** It is run. */
    COMMAND,
    /** Something is sent to it. */
    ENDPOINT
  }

  /**
   * A scalar.
   *
   * @param role what it is used for
   * @param values the texts that are allowed; empty for any
   * @param pattern the regular expression that the whole text matches, of the part of the language
   *     that Java and ECMA-262 share; null for any
   * @param format what the pattern means, for messages: {@code 12 digits}
   * @param example a text that is allowed; null where {@code values} has some
   */
  record Text(
      String description,
      Role role,
      List<String> values,
      @Nullable String pattern,
      @Nullable String format,
      @Nullable String example)
      implements Shape {

    /** Copies the list. */
    public Text {
      values = List.copyOf(values);
    }
  }

  /** {@code true} or {@code false}, in any case. */
  record Flag(String description) implements Shape {}

  /** A list of values of one shape. */
  record Items(String description, Shape item) implements Shape {}

  /** A mapping of names, which the user chooses, to values of one shape. */
  record Named(String description, Shape value) implements Shape {}

  /**
   * A mapping of known keys.
   *
   * @param fields its keys, in the order in which they are best read
   * @param open whether other keys may be there as well
   */
  record Fields(String description, List<Field> fields, boolean open) implements Shape {

    /** Copies the list. */
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A key of a mapping.
   *
   * @param name the key
   * @param required whether it must be there
   * @param defaultValue what is meant where it isn't; null for nothing
   */
  record Field(String name, Shape shape, boolean required, @Nullable String defaultValue) {}

  /**
   * A mapping whose "kind" decides which other keys it has.
   *
   * @param kinds the keys of each known kind, its own key among them
   * @param other the keys of a kind that isn't known here
   */
  record Kinds(String description, Map<String, Fields> kinds, Fields other) implements Shape {}

  /**
   * A value of one of several shapes, no two of which are of one type (text, list, mapping).
   *
   * @param shapes the shapes
   */
  record OneOf(String description, List<Shape> shapes) implements Shape {

    /** Copies the list. */
    public OneOf {
      shapes = List.copyOf(shapes);
    }
  }

  /** Anything. */
  record Anything(String description) implements Shape {}
}
