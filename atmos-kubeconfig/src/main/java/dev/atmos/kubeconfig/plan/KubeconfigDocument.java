package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlDocument;
import dev.atmos.kubeconfig.yaml.YamlEditor;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig file: its entries by their names, and the edits of them.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
final class KubeconfigDocument {
  static final String CURRENT_CONTEXT = "current-context";
  static final String API_VERSION = "apiVersion";
  static final String KIND = "kind";

  private final YamlDocument document;
  private final YamlEditor editor;
  private final boolean created;
  private final boolean emptyAtFirst;
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);

  private KubeconfigDocument(YamlDocument document, boolean created) {
    this.document = document;
    this.created = created;
    this.editor = new YamlEditor(document);
    YamlNode root = document.root();
    this.emptyAtFirst =
        root == null || (root instanceof YamlNode.Mapping map && map.pairs().isEmpty());
  }

  /** A cluster, context or user. */
  final class Entry {
    final Kind kind;
    final String name;
    final YamlNode.Mapping item;
    private final YamlNode.Sequence list;

    private Entry(Kind kind, String name, YamlNode.Mapping item, YamlNode.Sequence list) {
      this.kind = kind;
      this.name = name;
      this.item = item;
      this.list = list;
    }

    KubeconfigDocument file() {
      return KubeconfigDocument.this;
    }

    /** The entry without its name; null if it is empty. */
    YamlNode.@Nullable Mapping body() {
      return item.mapping(bodyKey(kind));
    }
  }

  /**
   * Parses a text.
   *
   * @param source the file's name in messages
   * @param created whether the file doesn't exist yet
   * @throws BrokenFileException if it isn't a kubeconfig
   */
  static KubeconfigDocument parse(String source, String text, boolean created)
      throws BrokenFileException {
    KubeconfigDocument file = new KubeconfigDocument(YamlDocument.parse(source, text), created);
    file.find();
    return file;
  }

  private void find() throws BrokenFileException {
    entries.put(Kind.CLUSTER, new LinkedHashMap<>());
    entries.put(Kind.CONTEXT, new LinkedHashMap<>());
    entries.put(Kind.USER, new LinkedHashMap<>());
    YamlNode root = document.root();
    if (root == null) {
      return;
    }
    if (!(root instanceof YamlNode.Mapping mapping)) {
      throw document.error(root, "a kubeconfig holds a mapping, and this isn't one");
    }
    if (mapping.merges()) {
      throw document.error(mapping, "a merge key ('<<') at the top of a kubeconfig");
    }
    expect(mapping, API_VERSION, "v1");
    expect(mapping, KIND, "Config");
    for (Map.Entry<Kind, Map<String, Entry>> each : entries.entrySet()) {
      find(mapping, each.getKey(), each.getValue());
    }
    YamlNode current = mapping.get(CURRENT_CONTEXT);
    if (current != null && !(current instanceof YamlNode.Scalar)) {
      throw document.error(current, "'current-context' must be a text");
    }
  }

  private void expect(YamlNode.Mapping root, String key, String expected)
      throws BrokenFileException {
    YamlNode value = root.get(key);
    if (value == null || (value instanceof YamlNode.Scalar nothing && nothing.isNull())) {
      return;
    }
    if (!(value instanceof YamlNode.Scalar scalar) || !scalar.value().equals(expected)) {
      throw document.error(
          value, "'" + key + "' of a kubeconfig is " + expected + ", and this is another");
    }
  }

  private void find(YamlNode.Mapping root, Kind kind, Map<String, Entry> found)
      throws BrokenFileException {
    YamlNode list = root.get(listKey(kind));
    if (list == null || isNull(list)) {
      return;
    }
    if (!(list instanceof YamlNode.Sequence sequence)) {
      throw document.error(list, "'" + listKey(kind) + "' must be a list");
    }
    for (YamlNode item : sequence.items()) {
      if (!(item.resolved() instanceof YamlNode.Mapping mapping)) {
        throw document.error(
            item, "an entry of '" + listKey(kind) + "' must be a mapping with a name");
      }
      String name = mapping.text("name");
      if (name != null
          && found.putIfAbsent(name, new Entry(kind, name, mapping, sequence)) != null) {
        throw document.error(item, "a second entry of '" + listKey(kind) + "' with the same name");
      }
    }
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
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

  /** The entries of a list by their names, in their order. */
  Map<String, Entry> entries(Kind kind) {
    return Objects.requireNonNull(entries.get(kind));
  }

  /** Whether the file doesn't exist yet, so that there is nothing to restore. */
  boolean isCreated() {
    return created;
  }

  YamlEditor editor() {
    return editor;
  }

  /** The current context of this file after the edits so far; null if it has none. */
  @Nullable String currentContext() {
    YamlNode.Mapping root = editor.existingRoot();
    String name = root == null ? null : root.text(CURRENT_CONTEXT);
    return name == null || name.isEmpty() ? null : name;
  }

  /**
   * Adds an entry at the end of its list.
   *
   * @param header gets what stood in the place of a list that has to be made
   */
  Entry add(Kind kind, String name, YamlNode.Mapping item, OriginalHeader header)
      throws BrokenFileException {
    YamlNode.Mapping root = rootWithHead(header);
    String key = listKey(kind);
    YamlNode.Pair pair = root.pair(key);
    YamlNode.Sequence list;
    if (pair == null) {
      list = YamlNode.newList(List.of(item));
      header.putAbsent(key);
      editor.put(root, key, list);
    } else if (pair.value().resolved() instanceof YamlNode.Sequence there
        && !there.items().isEmpty()) {
      list = there;
      editor.append(there, item);
    } else {
      list = YamlNode.newList(List.of(item));
      header.put(key, editor.gap(pair));
      editor.fill(root, pair, list);
    }
    Entry entry = new Entry(kind, name, item, list);
    entries(kind).put(name, entry);
    return entry;
  }

  private YamlNode.Mapping rootWithHead(OriginalHeader header) throws BrokenFileException {
    YamlNode.Mapping root = editor.root();
    if (emptyAtFirst && root.pairs().isEmpty()) {
      header.putAbsent(API_VERSION);
      header.putAbsent(KIND);
      editor.put(root, API_VERSION, YamlNode.newText("v1"));
      editor.put(root, KIND, YamlNode.newText("Config"));
    }
    return root;
  }

  /** Replaces the content of an entry. */
  Entry replace(Entry entry, YamlNode.Mapping item) throws BrokenFileException {
    editor.replaceItem(entry.list, entry.item, item);
    Entry replaced = new Entry(entry.kind, entry.name, item, entry.list);
    entries(entry.kind).put(entry.name, replaced);
    return replaced;
  }

  /** Removes an entry. */
  void remove(Entry entry) throws BrokenFileException {
    editor.removeItem(entry.list, entry.item);
    entries(entry.kind).remove(entry.name);
  }

  /**
   * Makes a context the current one.
   *
   * @param header gets what stood there before
   */
  void setCurrentContext(String name, OriginalHeader header) throws BrokenFileException {
    YamlNode.Mapping root = rootWithHead(header);
    YamlNode.Pair pair = root.pair(CURRENT_CONTEXT);
    if (pair == null) {
      header.putAbsent(CURRENT_CONTEXT);
      editor.put(root, CURRENT_CONTEXT, YamlNode.newText(name));
    } else {
      header.put(CURRENT_CONTEXT, editor.gap(pair));
      editor.replace(root, pair, YamlNode.newText(name));
    }
  }

  /**
   * Quotes the current context if some reader might not take it for a text.
   *
   * @return whether that was so
   */
  boolean clarifyCurrentContext() throws BrokenFileException {
    String name = currentContext();
    YamlNode.Mapping root = editor.existingRoot();
    YamlNode.Pair pair = root == null ? null : root.pair(CURRENT_CONTEXT);
    if (name == null
        || root == null
        || pair == null
        || YamlNode.newText(name).matches(pair.value())) {
      return false;
    }
    editor.replace(root, pair, YamlNode.newText(name));
    return true;
  }

  /**
   * Restores a key at the top as it was before lists were made and contexts switched.
   *
   * @param gap the text between its colon and the end of its value; null if unknown, {@link
   *     OriginalHeader#ABSENT} if there was no such key
   * @param otherwise the text to use if it is unknown
   */
  void restore(String key, @Nullable String gap, String otherwise) throws BrokenFileException {
    YamlNode.Mapping root = editor.root();
    YamlNode.Pair pair = root.pair(key);
    if (pair == null) {
      return;
    }
    if (OriginalHeader.ABSENT.equals(gap)) {
      editor.removePair(root, pair);
      return;
    }
    YamlNode value = gap == null ? null : inlineValue(gap);
    if (gap != null && value != null) {
      editor.restoreGap(root, pair, gap, value);
    } else {
      editor.restoreGap(root, pair, otherwise, Objects.requireNonNull(inlineValue(otherwise)));
    }
  }

  /**
   * The value that a gap means; null unless it is a scalar or an empty list: gaps come from the
   * file, where a user may have changed them.
   */
  static @Nullable YamlNode inlineValue(String gap) {
    try {
      boolean spaced = gap.isEmpty() || Character.isWhitespace(gap.charAt(0));
      YamlNode root = YamlDocument.parse("", spaced ? "k:" + gap : "{\"k\":" + gap + "}").root();
      if (!(root instanceof YamlNode.Mapping mapping) || mapping.pairs().size() != 1) {
        return null;
      }
      YamlNode value = mapping.pairs().get(0).value();
      boolean simple =
          value instanceof YamlNode.Scalar
              || (value instanceof YamlNode.Sequence list
                  && list.isFlow()
                  && list.items().isEmpty());
      return simple ? value : null;
    } catch (BrokenFileException e) {
      return null;
    }
  }

  /** Whether a list is written in brackets. */
  boolean isFlow(Kind kind) {
    YamlNode.Sequence list = list(kind);
    return list != null && list.isFlow();
  }

  /** Whether all entries of a list have been removed. */
  boolean isEmptied(Kind kind) {
    YamlNode.Sequence list = list(kind);
    return list != null && editor.isEmptied(list);
  }

  private YamlNode.@Nullable Sequence list(Kind kind) {
    return document.root() instanceof YamlNode.Mapping root ? root.sequence(listKey(kind)) : null;
  }

  /**
   * Removes {@code apiVersion} and {@code kind} from a file that had neither and has no other key.
   *
   * @param header what the file's top was before
   */
  void restoreHead(OriginalHeader header) throws BrokenFileException {
    if (!(document.root() instanceof YamlNode.Mapping root)
        || !OriginalHeader.ABSENT.equals(header.get(API_VERSION))
        || !OriginalHeader.ABSENT.equals(header.get(KIND))) {
      return;
    }
    for (YamlNode.Pair pair : editor.remaining(root)) {
      if (!API_VERSION.equals(pair.name()) && !KIND.equals(pair.name())) {
        return;
      }
    }
    restore(API_VERSION, OriginalHeader.ABSENT, "");
    restore(KIND, OriginalHeader.ABSENT, "");
  }
}
