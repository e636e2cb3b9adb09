package dev.atmos.kubeconfig.yaml;

import dev.atmos.text.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A node of a document: its value, and where it stands in the text. A node that isn't in the text
 * yet has no place.
 */
public abstract sealed class YamlNode implements YamlPart {
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

  @Override
  public YamlNode first() {
    return this;
  }

  @Override
  public YamlNode last() {
    return this;
  }

  @Override
  public boolean isReferenced() {
    return referenced;
  }

  /**
   * Whether another node has the same value as this one of ours, in any notation. A plain scalar
   * that some reader would not take for a text doesn't.
   */
  public boolean matches(YamlNode other) {
    YamlNode there = other.resolved();
    return switch (this) {
      case Scalar text -> there instanceof Scalar scalar && scalar.isThatText(text.value);
      case Sequence list -> there instanceof Sequence sequence && list.matchesAll(sequence);
      case Mapping mapping -> there instanceof Mapping others && mapping.matchesAll(others);
      case Alias _ -> false;
    };
  }

  /** The node that an alias refers to; any other node itself. */
  public YamlNode resolved() {
    return this;
  }

  boolean sameProperties(YamlNode other) {
    return Objects.equals(anchor, other.anchor) && Objects.equals(tag, other.tag);
  }

  /** A new text, which will be written so that every reader takes it for a text. */
  public static Scalar newText(String value) {
    return new Scalar(NOWHERE, NOWHERE, value, false);
  }

  /** A new mapping: keys and values in turn. A value of null is left out. */
  public static Mapping newMapping(@Nullable Object... keysAndValues) {
    Mapping mapping = new Mapping(NOWHERE, NOWHERE, false);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String key = String.valueOf(keysAndValues[i]);
      Object value = keysAndValues[i + 1];
      if (value != null) {
        mapping.add(key, value instanceof YamlNode node ? node : newText((String) value));
      }
    }
    return mapping;
  }

  /** A new list. */
  public static Sequence newList(List<? extends YamlNode> items) {
    Sequence sequence = new Sequence(NOWHERE, NOWHERE, false);
    sequence.parts.addAll(items);
    return sequence;
  }

  /** A scalar. A plain one may be a number, a boolean or null to some readers. */
  public static final class Scalar extends YamlNode {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

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
      return plain && tag == null && NULLS.contains(value);
    }

    @Override
    public boolean sameAs(YamlPart other) {
      if (!(other instanceof Scalar scalar) || !value.equals(scalar.value)) {
        return false;
      }
      if (!isWritten()) {
        return scalar.anchor == null && scalar.tag == null && scalar.isText();
      }
      return plain == scalar.plain && sameProperties(scalar);
    }

    private boolean isThatText(String text) {
      return value.equals(text) && (!plain || !YamlScalars.isAmbiguous(value));
    }

    private boolean isText() {
      return !plain || YamlScalars.isPlain(value);
    }
  }

  /** A list or a mapping. */
  public abstract static sealed class Container<P extends YamlPart> extends YamlNode {
    /** Whether it is written in brackets or braces. */
    final boolean flow;

    final String brackets;
    final List<P> parts = new ArrayList<>();

    Container(int start, int end, boolean flow, String brackets) {
      super(start, end);
      this.flow = flow;
      this.brackets = brackets;
    }

    @Override
    public boolean sameAs(YamlPart other) {
      if (!(other instanceof Container<?> container)
          || parts.size() != container.parts.size()
          || !brackets.equals(container.brackets)
          || !sameProperties(container)) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).sameAs(container.parts.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean isReferenced() {
      return referenced || parts.stream().anyMatch(YamlPart::isReferenced);
    }
  }

  /** A list. */
  public static final class Sequence extends Container<YamlNode> {
    Sequence(int start, int end, boolean flow) {
      super(start, end, flow, "[]");
    }

    /** Whether it is written in brackets. */
    public boolean isFlow() {
      return flow;
    }

    /** The items; not to be changed. */
    public List<YamlNode> items() {
      return parts;
    }

    /** The first item that is a mapping with that name. */
    public @Nullable Mapping named(String name) {
      for (YamlNode item : parts) {
        if (item.resolved() instanceof Mapping mapping && name.equals(mapping.text("name"))) {
          return mapping;
        }
      }
      return null;
    }

    private boolean matchesAll(Sequence others) {
      return parts.size() == others.parts.size()
          && IntStream.range(0, parts.size())
              .allMatch(i -> parts.get(i).matches(others.parts.get(i)));
    }
  }

  /** A key with its value. */
  public static final class Pair implements YamlPart {
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

    @Override
    public YamlNode first() {
      return key;
    }

    @Override
    public YamlNode last() {
      return value;
    }

    @Override
    public boolean sameAs(YamlPart other) {
      return other instanceof Pair pair && key.sameAs(pair.key) && value.sameAs(pair.value);
    }

    @Override
    public boolean isReferenced() {
      return key.isReferenced() || value.isReferenced();
    }
  }

  /** A mapping. */
  public static final class Mapping extends Container<Pair> {
    private static final String MERGE = "<<";

    Mapping(int start, int end, boolean flow) {
      super(start, end, flow, "{}");
    }

    /** Adds a pair to a new mapping. */
    public void add(String key, YamlNode value) {
      parts.add(new Pair(newText(key), value));
    }

    /** The pairs, in their order; not to be changed. */
    public List<Pair> pairs() {
      return parts;
    }

    /** The mapping's own pair of that key. */
    public @Nullable Pair pair(String key) {
      for (Pair pair : parts) {
        if (key.equals(pair.name())) {
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
      for (YamlNode each : merged instanceof Sequence list ? list.parts : List.of(merged)) {
        YamlNode value = each.resolved() instanceof Mapping mapping ? mapping.get(key) : null;
        if (value != null) {
          return value;
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
      if (parts.size() != others.parts.size()) {
        return false;
      }
      for (Pair pair : parts) {
        YamlNode value = others.get(String.valueOf(pair.name()));
        if (value == null || !pair.value.matches(value)) {
          return false;
        }
      }
      return true;
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
    public boolean sameAs(YamlPart other) {
      return other instanceof Alias alias && name.equals(alias.name);
    }
  }
}
