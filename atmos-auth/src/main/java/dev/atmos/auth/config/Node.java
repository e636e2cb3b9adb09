package dev.atmos.auth.config;

import dev.atmos.services.config.DurationText;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.plugin.config.Shape;
import dev.atmos.services.config.SchemaCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the configuration together with its shape, which decides what can be asked for: a
 * key that the shape doesn't have is a defect of who asks, so that what is read and what the shape
 * allows can't differ. A field that is absent, empty or wrong is null; what is wrong with it has
 * been noted when the shape was checked.
 */
final class Node {

  /** What the nodes of one section or definition share. */
  interface Notes {

    /** Whether the value at a path is wrong. */
    boolean isWrong(String path);

    /** Notes that the value at a path has not been made. */
    void deferred(String path);

    /** Notes a problem that the shape doesn't know of. */
    void add(ConfigProblem problem);
  }

  private final Shape.Fields shape;
  private final ConfigMap map;
  private final String path;
  private final Notes notes;

  Node(Shape.Fields shape, ConfigMap map, String path, Notes notes) {
    this.shape = shape;
    this.map = map;
    this.path = path;
    this.notes = notes;
  }

  String path(String key) {
    return SchemaCheck.path(path, key);
  }

  /** Where the key of a field is; where the mapping begins, if it has no such field. */
  Position keyPosition(String key) {
    return map.positionOf(key);
  }

  /** Where the value of a field begins; where the mapping does, if it has no such field. */
  Position position(String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry == null ? map.position() : entry.value().resolved().position();
  }

  boolean has(String key) {
    for (Shape.Field field : shape.fields()) {
      if (field.name().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** The mapping itself, for what the shape doesn't say. */
  ConfigMap map() {
    return map;
  }

  void error(String key, Position position, String sentence, @Nullable String hint) {
    notes.add(ConfigProblem.error(path(key), position, sentence, hint));
  }

  void warning(String key, Position position, String sentence, @Nullable String hint) {
    notes.add(ConfigProblem.warning(path(key), position, sentence, hint));
  }

  @Nullable String text(String key) {
    return at(key, Shape.Text.class) instanceof ConfigText text ? text.text() : null;
  }

  /** A text that has to be there; where a tag makes it, the tag. */
  String requiredText(String key) {
    return requiredLocated(key).text();
  }

  @Nullable Located located(String key) {
    return at(key, Shape.Text.class) instanceof ConfigText text
        ? new Located(text.text(), text.position())
        : null;
  }

  Located requiredLocated(String key) {
    ConfigValue value = at(key, Shape.Text.class);
    if (value instanceof DeferredValue tagged) {
      return new Located(tagged.tag(), tagged.position());
    }
    if (value instanceof ConfigText text) {
      return new Located(text.text(), text.position());
    }
    throw new IllegalStateException(path(key) + " is required, and was not checked");
  }

  /** A text, or the tag that makes it; null where there is neither. */
  @Nullable String textOrTag(String key) {
    ConfigValue value = at(key, Shape.class);
    return value instanceof DeferredValue tagged
        ? tagged.tag()
        : value instanceof ConfigText text ? text.text() : null;
  }

  /** Whether a field has a value, be it one that a tag makes or one that is wrong. */
  boolean isThere(String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null && (notes.isWrong(path(key)) || at(key, Shape.class) != null);
  }

  /** Whether a field says something, be it the empty text. */
  boolean isWritten(String key) {
    ConfigMap.Entry entry = map.entries().get(key);
    return entry != null
        && (notes.isWrong(path(key))
            || !(made(entry.value(), path(key)) instanceof ConfigText text && text.isNull()));
  }

  /** A secret that may be empty; null where a tag makes it. */
  @Nullable Secret anySecret(String key) {
    field(key, Shape.Text.class);
    ConfigMap.Entry entry = map.entries().get(key);
    if (entry == null) {
      return Secret.of("");
    }
    return made(entry.value(), path(key)) instanceof ConfigText text
        ? Secret.of(text.isNull() ? "" : text.text())
        : null;
  }

  @Nullable Secret secret(String key) {
    String text = text(key);
    return text == null ? null : Secret.of(text);
  }

  boolean flag(String key, boolean otherwise) {
    return at(key, Shape.Flag.class) instanceof ConfigText text
        ? text.text().equalsIgnoreCase("true")
        : otherwise;
  }

  @Nullable Duration duration(String key) {
    String text = text(key);
    return text == null ? null : DurationText.parse(text);
  }

  /** Texts; those that a tag makes are left out. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (at(key, Shape.Items.class) instanceof ConfigList list) {
      for (int i = 0; i < list.items().size(); i++) {
        String itemPath = path(key) + "[" + i + "]";
        if (made(list.items().get(i), itemPath) instanceof ConfigText text) {
          texts.add(text.text());
        }
      }
    }
    return texts;
  }

  /** The mapping below a key; an empty one where there is none. */
  Node child(String key) {
    Shape.Fields fields = (Shape.Fields) field(key, Shape.Fields.class).shape();
    ConfigMap child =
        at(key, Shape.Fields.class) instanceof ConfigMap found
            ? found
            : new ConfigMap(Map.of(), keyPosition(key));
    return new Node(fields, child, path(key), notes);
  }

  /** The mapping below a key that may hold something else as well. */
  Node variant(String key) {
    Shape.OneOf oneOf = (Shape.OneOf) field(key, Shape.OneOf.class).shape();
    for (Shape one : oneOf.shapes()) {
      if (one instanceof Shape.Fields fields
          && at(key, Shape.OneOf.class) instanceof ConfigMap of) {
        return new Node(fields, of, path(key), notes);
      }
    }
    throw new IllegalStateException(path(key) + " is no mapping");
  }

  /**
   * A mapping in the list below a key that may hold something else as well; null if it is wrong.
   */
  @Nullable Node variantItem(String key, int index) {
    Shape.OneOf oneOf = (Shape.OneOf) field(key, Shape.OneOf.class).shape();
    String itemPath = path(key) + "[" + index + "]";
    for (Shape one : oneOf.shapes()) {
      if (one instanceof Shape.Items items
          && items.item() instanceof Shape.Fields fields
          && at(key, Shape.OneOf.class) instanceof ConfigList list
          && made(list.items().get(index), itemPath) instanceof ConfigMap item) {
        return new Node(fields, item, itemPath, notes);
      }
    }
    return null;
  }

  /** The value of a field; null where it says nothing or is wrong. */
  @Nullable ConfigValue at(String key, Class<? extends Shape> type) {
    field(key, type);
    ConfigMap.Entry entry = map.entries().get(key);
    if (entry == null) {
      return null;
    }
    ConfigValue value = made(entry.value(), path(key));
    return value instanceof ConfigText text && (text.isNull() || text.text().isEmpty())
        ? null
        : value;
  }

  /**
   * What a value is, where that is known: a value that a tag makes by running or reading is
   * returned as it is. Null if it is wrong.
   */
  @Nullable ConfigValue made(ConfigValue value, String valuePath) {
    if (notes.isWrong(valuePath)) {
      return null;
    }
    if (SchemaCheck.isDeferred(value)) {
      notes.deferred(valuePath);
      return value;
    }
    return value.resolved();
  }

  /**
   * The field of a key.
   *
   * @throws IllegalStateException if the shape has none of that type
   */
  Shape.Field field(String key, Class<? extends Shape> type) {
    for (Shape.Field field : shape.fields()) {
      if (field.name().equals(key) && type.isInstance(field.shape())) {
        return field;
      }
    }
    throw new IllegalStateException("no shape has the field " + path(key));
  }
}
