package dev.atmos.kubeconfig;

import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig: a document whose lists have been found, and whose entries can be changed.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
final class KubeFile {
  static final String CURRENT_CONTEXT = "current-context";
  static final String API_VERSION = "apiVersion";
  static final String KIND = "kind";

  private final Document document;
  private final Edit edit;
  private final boolean created;
  private final boolean emptyAtFirst;
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);

  private KubeFile(Document document, boolean created) {
    this.document = document;
    this.created = created;
    this.edit = new Edit(document);
    Node root = document.root();
    this.emptyAtFirst = root == null || (root instanceof Node.Mapping map && map.pairs.isEmpty());
  }

  /** A cluster, context or user. */
  final class Entry {
    final Kind kind;
    final String name;
    final Node.Mapping item;
    private final Node.Sequence list;

    private Entry(Kind kind, String name, Node.Mapping item, Node.Sequence list) {
      this.kind = kind;
      this.name = name;
      this.item = item;
      this.list = list;
    }

    KubeFile file() {
      return KubeFile.this;
    }

    /** What the entry is beside its name; null where it says nothing. */
    Node.@Nullable Mapping body() {
      return item.mapping(bodyKey(kind));
    }
  }

  /**
   * Reads a text.
   *
   * @param source what it is called in messages
   * @param created whether there is no file of that text yet
   * @throws BrokenFileException if it isn't a kubeconfig
   */
  static KubeFile parse(String source, String text, boolean created) throws BrokenFileException {
    KubeFile file = new KubeFile(Document.parse(source, text), created);
    file.find();
    return file;
  }

  private void find() throws BrokenFileException {
    entries.put(Kind.CLUSTER, new LinkedHashMap<>());
    entries.put(Kind.CONTEXT, new LinkedHashMap<>());
    entries.put(Kind.USER, new LinkedHashMap<>());
    Node root = document.root();
    if (root == null) {
      return;
    }
    if (!(root instanceof Node.Mapping mapping)) {
      throw document.error(root.start, "a kubeconfig holds a mapping, and this isn't one");
    }
    if (mapping.merges()) {
      throw document.error(mapping.start, "a merge key ('<<') at the top of a kubeconfig");
    }
    expect(mapping, API_VERSION, "v1");
    expect(mapping, KIND, "Config");
    for (Map.Entry<Kind, Map<String, Entry>> each : entries.entrySet()) {
      find(mapping, each.getKey(), each.getValue());
    }
    Node current = mapping.get(CURRENT_CONTEXT);
    if (current != null && !(current instanceof Node.Scalar)) {
      throw document.error(current.start, "'current-context' must be a text");
    }
  }

  private void expect(Node.Mapping root, String key, String expected) throws BrokenFileException {
    Node value = root.get(key);
    if (value == null || (value instanceof Node.Scalar nothing && nothing.isNull())) {
      return;
    }
    if (!(value instanceof Node.Scalar scalar) || !scalar.value.equals(expected)) {
      throw document.error(
          value.start, "'" + key + "' of a kubeconfig is " + expected + ", and this is another");
    }
  }

  private void find(Node.Mapping root, Kind kind, Map<String, Entry> found)
      throws BrokenFileException {
    Node list = root.get(listKey(kind));
    if (list == null || isNull(list)) {
      return;
    }
    if (!(list instanceof Node.Sequence sequence)) {
      throw document.error(list.start, "'" + listKey(kind) + "' must be a list");
    }
    for (Node item : sequence.items) {
      if (!(item.resolved() instanceof Node.Mapping mapping)) {
        throw document.error(
            item.start, "an entry of '" + listKey(kind) + "' must be a mapping with a name");
      }
      String name = mapping.text("name");
      if (name != null
          && found.putIfAbsent(name, new Entry(kind, name, mapping, sequence)) != null) {
        throw document.error(
            item.start, "a second entry of '" + listKey(kind) + "' with the same name");
      }
    }
  }

  static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull();
  }

  static String listKey(Kind kind) {
    return bodyKey(kind) + "s";
  }

  static String bodyKey(Kind kind) {
    if (kind == Kind.CLUSTER) {
      return "cluster";
    }
    return kind == Kind.USER ? "user" : "context";
  }

  /** The entries of a list, by name, in their order. */
  Map<String, Entry> entries(Kind kind) {
    return java.util.Objects.requireNonNull(entries.get(kind));
  }

  /** Whether there is no such file yet, so that nothing has to be given back. */
  boolean isCreated() {
    return created;
  }

  Edit edit() {
    return edit;
  }

  Document document() {
    return document;
  }

  /** The context that this file makes the current one, as changed; null where it makes none. */
  @Nullable String currentContext() {
    Node.Mapping root = edit.existingRoot();
    String name = root == null ? null : root.text(CURRENT_CONTEXT);
    return name == null || name.isEmpty() ? null : name;
  }

  /**
   * Adds an entry at the end of its list.
   *
   * @param memory is told what was there instead of the list
   */
  Entry add(Kind kind, String name, Node.Mapping item, Memory memory) throws BrokenFileException {
    Node.Mapping root = rootWithHead(memory);
    String key = listKey(kind);
    Node.Pair pair = root.pair(key);
    Node.Sequence list;
    if (pair == null) {
      list = Node.newList(java.util.List.of(item));
      memory.wasAbsent(key);
      edit.put(root, key, list);
    } else if (pair.value.resolved() instanceof Node.Sequence there && !there.items.isEmpty()) {
      list = there;
      edit.append(there, item);
    } else {
      list = Node.newList(java.util.List.of(item));
      memory.was(key, edit.gap(pair));
      edit.fill(root, pair, list);
    }
    Entry entry = new Entry(kind, name, item, list);
    entries(kind).put(name, entry);
    return entry;
  }

  private Node.Mapping rootWithHead(Memory memory) throws BrokenFileException {
    Node.Mapping root = edit.root();
    if (emptyAtFirst && root.pairs.isEmpty()) {
      memory.wasAbsent(API_VERSION);
      memory.wasAbsent(KIND);
      edit.put(root, API_VERSION, Node.newText("v1"));
      edit.put(root, KIND, Node.newText("Config"));
    }
    return root;
  }

  /** Puts another content in the place of an entry's. */
  Entry replace(Entry entry, Node.Mapping item) throws BrokenFileException {
    edit.replaceItem(entry.list, entry.item, item);
    Entry replaced = new Entry(entry.kind, entry.name, item, entry.list);
    entries(entry.kind).put(entry.name, replaced);
    return replaced;
  }

  /** Takes an entry out. */
  void remove(Entry entry) throws BrokenFileException {
    edit.removeItem(entry.list, entry.item);
    entries(entry.kind).remove(entry.name);
  }

  /**
   * Makes a context the current one.
   *
   * @param memory is told what was there
   */
  void setCurrentContext(String name, Memory memory) throws BrokenFileException {
    Node.Mapping root = rootWithHead(memory);
    Node.Pair pair = root.pair(CURRENT_CONTEXT);
    if (pair == null) {
      memory.wasAbsent(CURRENT_CONTEXT);
      edit.put(root, CURRENT_CONTEXT, Node.newText(name));
    } else {
      memory.was(CURRENT_CONTEXT, edit.gap(pair));
      edit.replace(root, pair, Node.newText(name));
    }
  }

  /**
   * Writes the current context so that every reader takes it for a text.
   *
   * @return whether one of them might not have
   */
  boolean clarifyCurrentContext() throws BrokenFileException {
    String name = currentContext();
    Node.Mapping root = edit.existingRoot();
    Node.Pair pair = root == null ? null : root.pair(CURRENT_CONTEXT);
    if (name == null || root == null || pair == null || Node.newText(name).says(pair.value)) {
      return false;
    }
    edit.replace(root, pair, Node.newText(name));
    return true;
  }

  /**
   * Puts back what there was before lists were made and contexts switched.
   *
   * @param key a key at the top
   * @param gap what stood between its colon and the end of its value; null where that isn't known,
   *     {@link Memory#ABSENT} where there was no such key
   * @param otherwise what is put there if it isn't known
   */
  void restore(String key, @Nullable String gap, String otherwise) throws BrokenFileException {
    Node.Mapping root = edit.root();
    Node.Pair pair = root.pair(key);
    if (pair == null) {
      return;
    }
    if (Memory.ABSENT.equals(gap)) {
      edit.removePair(root, pair);
      return;
    }
    Node value = gap == null ? null : inline(gap);
    if (gap != null && value != null) {
      edit.restoreGap(root, pair, gap, value);
    } else {
      edit.restoreGap(root, pair, otherwise, java.util.Objects.requireNonNull(inline(otherwise)));
    }
  }

  /**
   * What a gap means; null if it isn't that of a text, of nothing or of an empty list: it comes
   * from the file, where anybody may have changed it.
   */
  static @Nullable Node inline(String gap) {
    try {
      boolean spaced = gap.isEmpty() || Character.isWhitespace(gap.charAt(0));
      Node root = Document.parse("", spaced ? "k:" + gap : "{\"k\":" + gap + "}").root();
      if (!(root instanceof Node.Mapping mapping) || mapping.pairs.size() != 1) {
        return null;
      }
      Node value = mapping.pairs.get(0).value;
      boolean simple =
          value instanceof Node.Scalar
              || (value instanceof Node.Sequence list && list.flow && list.items.isEmpty());
      return simple ? value : null;
    } catch (BrokenFileException e) {
      return null;
    }
  }

  /** Whether a list is in brackets. */
  boolean isFlow(Kind kind) {
    Node.Sequence list = list(kind);
    return list != null && list.flow;
  }

  /** Whether a list is there whose entries have all been taken out. */
  boolean isEmptied(Kind kind) {
    Node.Sequence list = list(kind);
    return list != null && edit.isEmptied(list);
  }

  private Node.@Nullable Sequence list(Kind kind) {
    return document.root() instanceof Node.Mapping root ? root.sequence(listKey(kind)) : null;
  }

  /**
   * Takes the head out of a file that had none and has nothing else left.
   *
   * @param memory what there was before
   */
  void restoreHead(Memory memory) throws BrokenFileException {
    if (!(document.root() instanceof Node.Mapping root)
        || !Memory.ABSENT.equals(memory.get(API_VERSION))
        || !Memory.ABSENT.equals(memory.get(KIND))) {
      return;
    }
    for (Node.Pair pair : edit.remaining(root)) {
      if (!pair.isKey(API_VERSION) && !pair.isKey(KIND)) {
        return;
      }
    }
    restore(API_VERSION, Memory.ABSENT, "");
    restore(KIND, Memory.ABSENT, "");
  }
}
