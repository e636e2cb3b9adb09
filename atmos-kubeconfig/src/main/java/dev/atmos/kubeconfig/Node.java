package dev.atmos.kubeconfig;

import dev.atmos.text.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document: what it says, and from where to where it stands in the text. A part that
 * isn't in a text yet has no place.
 */
abstract sealed class Node {
  /** The place of what isn't in the text. */
  static final int NOWHERE = -1;

  /** Where it begins, its anchor and tag included. */
  final int start;

  /** Where it begins, or what it replaces does. */
  int place;

  /**
   * Where its content, or that of what it replaces, ends: no comment and no empty line follows
   * within.
   */
  int end;

  @Nullable String anchor;
  @Nullable String tag;

  /** Whether an alias refers to it. */
  boolean referenced;

  /** What it is a part of; null for the root, and for what isn't in the text. */
  @Nullable Node parent;

  /** How many others it is a part of. */
  int depth;

  Node(int start, int end) {
    this.start = start;
    this.place = start;
    this.end = end;
  }

  boolean isWritten() {
    return start != NOWHERE;
  }

  /** Whether it is in the text, or will be where something else is. */
  boolean hasPlace() {
    return place != NOWHERE;
  }

  /** Takes the place of another one. */
  void replaces(Node old) {
    place = old.place;
    end = old.end;
  }

  /** Whether both say the same in the same way, wherever they stand. */
  abstract boolean sameAs(Node other);

  /**
   * Whether another part means the same as this one of ours, however it is written. What a reader
   * could take for something else than a text doesn't.
   */
  boolean says(Node other) {
    Node there = other.resolved();
    if (this instanceof Scalar text) {
      return there instanceof Scalar scalar && scalar.isThatText(text.value);
    }
    if (this instanceof Sequence list) {
      return there instanceof Sequence sequence && list.saysAll(sequence.items);
    }
    return this instanceof Mapping mapping
        && there instanceof Mapping others
        && mapping.pairs.size() == others.pairs.size()
        && mapping.saysAll(others);
  }

  /** What it refers to, if it is an alias; else itself. */
  Node resolved() {
    return this;
  }

  /** Whether it, or anything in it, is referred to by an alias. */
  abstract boolean isReferenced();

  boolean sameProperties(Node other) {
    return java.util.Objects.equals(anchor, other.anchor)
        && java.util.Objects.equals(tag, other.tag);
  }

  /** A text of ours, written as no reader can take for anything else. */
  static Scalar newText(String value) {
    return new Scalar(NOWHERE, NOWHERE, value, false);
  }

  /** A mapping of ours: keys and values in turn. */
  static Mapping newMapping(Object... keysAndValues) {
    Mapping mapping = new Mapping(NOWHERE, NOWHERE, false);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      mapping.add(
          (String) keysAndValues[i], value instanceof Node node ? node : newText((String) value));
    }
    return mapping;
  }

  /** A list of ours. */
  static Sequence newList(List<? extends Node> items) {
    Sequence sequence = new Sequence(NOWHERE, NOWHERE, false);
    sequence.items.addAll(items);
    return sequence;
  }

  /** A text, or what a reader may take for something else, where it is plain. */
  static final class Scalar extends Node {
    final String value;

    /** Without quotes. */
    final boolean plain;

    Scalar(int start, int end, String value, boolean plain) {
      super(start, end);
      this.value = value;
      this.plain = plain;
    }

    /** Whether it stands for nothing. */
    boolean isNull() {
      return plain
          && tag == null
          && (value.isEmpty()
              || value.equals("~")
              || value.equals("null")
              || value.equals("Null")
              || value.equals("NULL"));
    }

    @Override
    boolean sameAs(Node other) {
      if (!(other instanceof Scalar scalar) || !value.equals(scalar.value)) {
        return false;
      }
      if (!isWritten()) {
        return scalar.anchor == null && scalar.tag == null && scalar.isText();
      }
      return plain == scalar.plain && sameProperties(other);
    }

    private boolean isThatText(String text) {
      return value.equals(text) && (!plain || !YamlScalars.isAmbiguous(value));
    }

    private boolean isText() {
      return !plain || YamlScalars.isPlain(value);
    }

    @Override
    boolean isReferenced() {
      return referenced;
    }
  }

  /** A list. */
  static final class Sequence extends Node {
    final boolean flow;
    final List<Node> items = new ArrayList<>();

    Sequence(int start, int end, boolean flow) {
      super(start, end);
      this.flow = flow;
    }

    private boolean saysAll(List<Node> others) {
      if (items.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        if (!items.get(i).says(others.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean sameAs(Node other) {
      if (!(other instanceof Sequence sequence)
          || items.size() != sequence.items.size()
          || !sameProperties(other)) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        if (!items.get(i).sameAs(sequence.items.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean isReferenced() {
      for (Node item : items) {
        if (item.isReferenced()) {
          return true;
        }
      }
      return referenced;
    }
  }

  /** A key with its value. */
  static final class Pair {
    final Node key;
    Node value;

    Pair(Node key, Node value) {
      this.key = key;
      this.value = value;
    }

    boolean isKey(String name) {
      return key instanceof Scalar scalar && scalar.value.equals(name);
    }
  }

  /** A mapping. */
  static final class Mapping extends Node {
    private static final String MERGE = "<<";

    final boolean flow;
    final List<Pair> pairs = new ArrayList<>();

    Mapping(int start, int end, boolean flow) {
      super(start, end);
      this.flow = flow;
    }

    void add(String key, Node value) {
      pairs.add(new Pair(newText(key), value));
    }

    /** The pair of that key that stands in it. */
    @Nullable Pair pair(String key) {
      for (Pair pair : pairs) {
        if (pair.isKey(key)) {
          return pair;
        }
      }
      return null;
    }

    /** The value of a key, be it here or in what is merged into it. */
    @Nullable Node get(String key) {
      Pair pair = pair(key);
      if (pair != null) {
        return pair.value.resolved();
      }
      Pair merge = pair(MERGE);
      if (merge == null) {
        return null;
      }
      Node merged = merge.value.resolved();
      if (merged instanceof Mapping mapping) {
        return mapping.get(key);
      }
      if (merged instanceof Sequence sequence) {
        for (Node item : sequence.items) {
          Node value = item.resolved() instanceof Mapping each ? each.get(key) : null;
          if (value != null) {
            return value;
          }
        }
      }
      return null;
    }

    boolean merges() {
      return pair(MERGE) != null;
    }

    /** The text of a key; null where there is none. */
    @Nullable String text(String key) {
      return get(key) instanceof Scalar scalar && !scalar.isNull() ? scalar.value : null;
    }

    @Nullable Mapping mapping(String key) {
      return get(key) instanceof Mapping mapping ? mapping : null;
    }

    @Nullable Sequence sequence(String key) {
      return get(key) instanceof Sequence sequence ? sequence : null;
    }

    private boolean saysAll(Mapping others) {
      for (Pair pair : pairs) {
        Node value = others.get(((Scalar) pair.key).value);
        if (value == null || !pair.value.says(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean sameAs(Node other) {
      if (!(other instanceof Mapping mapping)
          || pairs.size() != mapping.pairs.size()
          || !sameProperties(other)) {
        return false;
      }
      for (int i = 0; i < pairs.size(); i++) {
        if (!pairs.get(i).key.sameAs(mapping.pairs.get(i).key)
            || !pairs.get(i).value.sameAs(mapping.pairs.get(i).value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean isReferenced() {
      for (Pair pair : pairs) {
        if (pair.key.isReferenced() || pair.value.isReferenced()) {
          return true;
        }
      }
      return referenced;
    }
  }

  /** A reference to what has an anchor. */
  static final class Alias extends Node {
    private final String name;
    private final Node target;

    Alias(int start, int end, String name, Node target) {
      super(start, end);
      this.name = name;
      this.target = target;
    }

    @Override
    Node resolved() {
      return target;
    }

    @Override
    boolean sameAs(Node other) {
      return other instanceof Alias alias && name.equals(alias.name);
    }

    @Override
    boolean isReferenced() {
      return false;
    }
  }
}
