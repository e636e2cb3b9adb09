package dev.atmos.kubeconfig.yaml;

import dev.atmos.text.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a document: its value, and where it stands in the text. A node that isn't in the text
 * yet has no place.
 */
public abstract sealed class YamlNode {
  /** The place of a node that isn't in the text. */
  static final int NOWHERE = -1;

  /** Where the node begins, its anchor and tag included. */
  final int start;

  /** Where the node begins, or the one that it replaces. */
  int place;

  /**
   * Where the content ends, or that of the node that it replaces. Trailing comments and empty lines
   * don't belong to it.
   */
  int end;

  @Nullable String anchor;
  @Nullable String tag;

  /** Whether an alias refers to the node. */
  boolean referenced;

  /** The node around it; null for the root, and for a node that isn't in the text. */
  @Nullable YamlNode parent;

  /** How many nodes are around it. */
  int depth;

  YamlNode(int start, int end) {
    this.start = start;
    this.place = start;
    this.end = end;
  }

  /** Whether the node is in the text. */
  boolean isWritten() {
    return start != NOWHERE;
  }

  /** Whether the node is in the text, or replaces one that is. */
  boolean hasPlace() {
    return place != NOWHERE;
  }

  /** Takes the place of another node. */
  void replaces(YamlNode old) {
    place = old.place;
    end = old.end;
  }

  /** Whether both have the same value in the same notation, wherever they stand. */
  abstract boolean sameAs(YamlNode other);

  /**
   * Whether another node has the same value as this one of ours, in any notation. A plain scalar
   * that some reader would not take for a text doesn't.
   */
  public boolean matches(YamlNode other) {
    YamlNode there = other.resolved();
    if (this instanceof Scalar text) {
      return there instanceof Scalar scalar && scalar.isThatText(text.value);
    }
    if (this instanceof Sequence list) {
      return there instanceof Sequence sequence && list.matchesAll(sequence.items);
    }
    return this instanceof Mapping mapping
        && there instanceof Mapping others
        && mapping.pairs.size() == others.pairs.size()
        && mapping.matchesAll(others);
  }

  /** The node that an alias refers to; any other node itself. */
  public YamlNode resolved() {
    return this;
  }

  /** Whether an alias refers to the node or to one inside it. */
  abstract boolean isReferenced();

  boolean sameProperties(YamlNode other) {
    return java.util.Objects.equals(anchor, other.anchor)
        && java.util.Objects.equals(tag, other.tag);
  }

  /** A new text, which will be written so that every reader takes it for a text. */
  public static Scalar newText(String value) {
    return new Scalar(NOWHERE, NOWHERE, value, false);
  }

  /** A new mapping: keys and values in turn. */
  public static Mapping newMapping(Object... keysAndValues) {
    Mapping mapping = new Mapping(NOWHERE, NOWHERE, false);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      mapping.add(
          (String) keysAndValues[i],
          value instanceof YamlNode node ? node : newText((String) value));
    }
    return mapping;
  }

  /** A new list. */
  public static Sequence newList(List<? extends YamlNode> items) {
    Sequence sequence = new Sequence(NOWHERE, NOWHERE, false);
    sequence.items.addAll(items);
    return sequence;
  }

  /** A scalar. A plain one may be a number, a boolean or null to some readers. */
  public static final class Scalar extends YamlNode {
    final String value;

    /** Without quotes. */
    final boolean plain;

    Scalar(int start, int end, String value, boolean plain) {
      super(start, end);
      this.value = value;
      this.plain = plain;
    }

    /** The text. */
    public String value() {
      return value;
    }

    /** Whether it is null. */
    public boolean isNull() {
      return plain
          && tag == null
          && (value.isEmpty()
              || value.equals("~")
              || value.equals("null")
              || value.equals("Null")
              || value.equals("NULL"));
    }

    @Override
    boolean sameAs(YamlNode other) {
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
  public static final class Sequence extends YamlNode {
    final boolean flow;
    final List<YamlNode> items = new ArrayList<>();

    Sequence(int start, int end, boolean flow) {
      super(start, end);
      this.flow = flow;
    }

    /** Whether it is written in brackets. */
    public boolean isFlow() {
      return flow;
    }

    /** The items; not to be changed. */
    public List<YamlNode> items() {
      return items;
    }

    private boolean matchesAll(List<YamlNode> others) {
      if (items.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        if (!items.get(i).matches(others.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean sameAs(YamlNode other) {
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
      for (YamlNode item : items) {
        if (item.isReferenced()) {
          return true;
        }
      }
      return referenced;
    }
  }

  /** A key with its value. */
  public static final class Pair {
    final YamlNode key;
    YamlNode value;

    Pair(YamlNode key, YamlNode value) {
      this.key = key;
      this.value = value;
    }

    /** The key's text; null if the key isn't a scalar. */
    public @Nullable String name() {
      return key instanceof Scalar scalar ? scalar.value : null;
    }

    /** The value. */
    public YamlNode value() {
      return value;
    }

    boolean isKey(String name) {
      return key instanceof Scalar scalar && scalar.value.equals(name);
    }
  }

  /** A mapping. */
  public static final class Mapping extends YamlNode {
    private static final String MERGE = "<<";

    final boolean flow;
    final List<Pair> pairs = new ArrayList<>();

    Mapping(int start, int end, boolean flow) {
      super(start, end);
      this.flow = flow;
    }

    /** Adds a pair to a new mapping. */
    public void add(String key, YamlNode value) {
      pairs.add(new Pair(newText(key), value));
    }

    /** The pairs, in their order; not to be changed. */
    public List<Pair> pairs() {
      return pairs;
    }

    /** The mapping's own pair of that key. */
    public @Nullable Pair pair(String key) {
      for (Pair pair : pairs) {
        if (pair.isKey(key)) {
          return pair;
        }
      }
      return null;
    }

    /** The value of a key of this mapping, or of one that is merged into it. */
    public @Nullable YamlNode get(String key) {
      Pair pair = pair(key);
      if (pair != null) {
        return pair.value.resolved();
      }
      Pair merge = pair(MERGE);
      if (merge == null) {
        return null;
      }
      YamlNode merged = merge.value.resolved();
      if (merged instanceof Mapping mapping) {
        return mapping.get(key);
      }
      if (merged instanceof Sequence sequence) {
        for (YamlNode item : sequence.items) {
          YamlNode value = item.resolved() instanceof Mapping each ? each.get(key) : null;
          if (value != null) {
            return value;
          }
        }
      }
      return null;
    }

    /** Whether another mapping is merged into it. */
    public boolean merges() {
      return pair(MERGE) != null;
    }

    /** The text of a key. */
    public @Nullable String text(String key) {
      return get(key) instanceof Scalar scalar && !scalar.isNull() ? scalar.value : null;
    }

    /** The mapping of a key. */
    public @Nullable Mapping mapping(String key) {
      return get(key) instanceof Mapping mapping ? mapping : null;
    }

    /** The list of a key. */
    public @Nullable Sequence sequence(String key) {
      return get(key) instanceof Sequence sequence ? sequence : null;
    }

    private boolean matchesAll(Mapping others) {
      for (Pair pair : pairs) {
        YamlNode value = others.get(((Scalar) pair.key).value);
        if (value == null || !pair.value.matches(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    boolean sameAs(YamlNode other) {
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

  /** A reference to a node with an anchor. */
  public static final class Alias extends YamlNode {
    private final String name;
    private final YamlNode target;

    Alias(int start, int end, String name, YamlNode target) {
      super(start, end);
      this.name = name;
      this.target = target;
    }

    @Override
    public YamlNode resolved() {
      return target;
    }

    @Override
    boolean sameAs(YamlNode other) {
      return other instanceof Alias alias && name.equals(alias.name);
    }

    @Override
    boolean isReferenced() {
      return false;
    }
  }
}
