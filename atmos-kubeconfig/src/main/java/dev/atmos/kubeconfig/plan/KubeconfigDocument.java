package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.Planner.Source;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlDocument;
import dev.atmos.kubeconfig.yaml.YamlEditor;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  /** The kinds of entries, each of which has a list in the file. */
  static final List<Kind> LISTS = List.of(Kind.CLUSTER, Kind.CONTEXT, Kind.USER);

  private static final String API_VERSION = "apiVersion";
  private static final String KIND = "kind";

  private final Source source;
  private final List<EntryChange> changes;
  private final YamlDocument document;
  private final YamlEditor editor;
  private final boolean emptyAtFirst;
  private final OriginalHeader header = new OriginalHeader();
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);

  /**
   * Parses a file.
   *
   * @throws BrokenFileException if it isn't a kubeconfig
   */
  KubeconfigDocument(Source source) throws BrokenFileException {
    this(source, new ArrayList<>(), source.textOrEmpty());
  }

  private KubeconfigDocument(Source source, List<EntryChange> changes, String text)
      throws BrokenFileException {
    this.source = source;
    this.changes = changes;
    this.document = YamlDocument.parse(source.path().toString(), text);
    this.editor = new YamlEditor(document);
    YamlNode root = document.root();
    this.emptyAtFirst =
        root == null || (root instanceof YamlNode.Mapping map && map.pairs().isEmpty());
    for (Kind kind : LISTS) {
      entries.put(kind, new LinkedHashMap<>());
    }
    if (root != null) {
      find(root);
    }
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

    /** The entry without its name; an empty mapping if it has nothing else. */
    YamlNode.Mapping body() {
      YamlNode.Mapping body = item.mapping(bodyKey(kind));
      return body == null ? YamlNode.newMapping() : body;
    }

    /** The name of a context's cluster. */
    @Nullable String cluster() {
      return body().text("cluster");
    }

    /** The name of a context's user. */
    @Nullable String user() {
      return body().text("user");
    }

    /** The marker of an entry that atmos has added for EKS; null if it is another one. */
    @Nullable ManagedMarker marker() {
      return ManagedMarker.read(body());
    }
  }

  /** The file after its changes, for further ones. */
  KubeconfigDocument changed() throws BrokenFileException {
    return changes.isEmpty() ? this : new KubeconfigDocument(source, changes, finish());
  }

  /** The text after all changes. */
  String finish() throws BrokenFileException {
    return changes.isEmpty() ? source.textOrEmpty() : editor.finish();
  }

  private void find(YamlNode root) throws BrokenFileException {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      throw document.error(root, "a kubeconfig holds a mapping, and this isn't one");
    }
    if (mapping.merges()) {
      throw document.error(mapping, "a merge key ('<<') at the top of a kubeconfig");
    }
    expect(mapping, API_VERSION, "v1");
    expect(mapping, KIND, "Config");
    for (Kind kind : LISTS) {
      find(mapping, kind);
    }
    YamlNode current = mapping.get(CURRENT_CONTEXT);
    if (current != null && !(current instanceof YamlNode.Scalar)) {
      throw document.error(current, "'current-context' must be a text");
    }
  }

  private void expect(YamlNode.Mapping root, String key, String expected)
      throws BrokenFileException {
    YamlNode value = root.get(key);
    if (value != null
        && !isNull(value)
        && !(value instanceof YamlNode.Scalar scalar && scalar.value().equals(expected))) {
      throw document.error(
          value, "'" + key + "' of a kubeconfig is " + expected + ", and this is another");
    }
  }

  private void find(YamlNode.Mapping root, Kind kind) throws BrokenFileException {
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
          && entries(kind).putIfAbsent(name, new Entry(kind, name, mapping, sequence)) != null) {
        throw document.error(item, "a second entry of '" + listKey(kind) + "' with the same name");
      }
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  private static String listKey(Kind kind) {
    return bodyKey(kind) + "s";
  }

  static String bodyKey(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The entries of a list by their names, in their order. */
  Map<String, Entry> entries(Kind kind) {
    return Objects.requireNonNull(entries.get(kind));
  }

  Source source() {
    return source;
  }

  YamlEditor editor() {
    return editor;
  }

  /** The changes so far. */
  List<EntryChange> changes() {
    return changes;
  }

  /** Notes a change that the editor has made. */
  void note(Action action, Kind kind, String name, List<String> fields) {
    changes.add(new EntryChange(action, kind, name, fields));
  }

  /** What the file's top was before the changes, as far as it is known. */
  OriginalHeader header() {
    return header;
  }

  /** The current context of this file after the edits so far; null if it has none. */
  @Nullable String currentContext() {
    YamlNode.Pair pair = editor.pair(CURRENT_CONTEXT);
    return pair != null
            && pair.value().resolved() instanceof YamlNode.Scalar scalar
            && !scalar.isNull()
            && !scalar.value().isEmpty()
        ? scalar.value()
        : null;
  }

  /** Adds an entry at the end of its list. */
  Entry add(Kind kind, String name, YamlNode.Mapping item) throws BrokenFileException {
    YamlNode.Mapping root = rootWithHead();
    String key = listKey(kind);
    YamlNode.Pair pair = root.pair(key);
    YamlNode.Sequence list;
    if (pair == null) {
      list = YamlNode.newList(List.of(item));
      header.put(key, OriginalHeader.ABSENT);
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
    note(Action.ADD, kind, name, List.of());
    return put(kind, name, item, list);
  }

  private Entry put(Kind kind, String name, YamlNode.Mapping item, YamlNode.Sequence list) {
    Entry entry = new Entry(kind, name, item, list);
    entries(kind).put(name, entry);
    return entry;
  }

  private YamlNode.Mapping rootWithHead() throws BrokenFileException {
    YamlNode.Mapping root = editor.root();
    if (emptyAtFirst && root.pairs().isEmpty()) {
      header.put(API_VERSION, OriginalHeader.ABSENT);
      header.put(KIND, OriginalHeader.ABSENT);
      editor.put(root, API_VERSION, YamlNode.newText("v1"));
      editor.put(root, KIND, YamlNode.newText("Config"));
    }
    return root;
  }

  /** Replaces the content of an entry. */
  void replace(Entry entry, YamlNode.Mapping item) throws BrokenFileException {
    editor.replaceItem(entry.list, entry.item, item);
    note(Action.CHANGE, entry.kind, entry.name, List.of(bodyKey(entry.kind)));
    var _ = put(entry.kind, entry.name, item, entry.list);
  }

  /** Gives an entry another name, which is written with the entry's other fields. */
  void rename(Entry entry, String name) {
    entries(entry.kind).remove(entry.name);
    note(Action.REMOVE, entry.kind, entry.name, List.of());
    note(Action.ADD, entry.kind, name, List.of());
    var _ = put(entry.kind, name, entry.item, entry.list);
  }

  /** Removes an entry. */
  void remove(Entry entry) throws BrokenFileException {
    editor.removeItem(entry.list, entry.item);
    entries(entry.kind).remove(entry.name);
    note(Action.REMOVE, entry.kind, entry.name, List.of());
  }

  /**
   * Makes a context the current one.
   *
   * @return the gap before, or {@link OriginalHeader#ABSENT}
   */
  String setCurrentContext(String name) throws BrokenFileException {
    YamlNode.Mapping root = rootWithHead();
    YamlNode.Pair pair = root.pair(CURRENT_CONTEXT);
    note(Action.CHANGE, Kind.CURRENT_CONTEXT, name, List.of());
    if (pair == null) {
      editor.put(root, CURRENT_CONTEXT, YamlNode.newText(name));
      return OriginalHeader.ABSENT;
    }
    String gap = editor.gap(pair);
    editor.replace(root, pair, YamlNode.newText(name));
    return gap;
  }

  /** Quotes the current context if it is this one and some reader might not take it for a text. */
  void clarifyCurrentContext(String name) throws BrokenFileException {
    YamlNode.Pair pair = editor.pair(CURRENT_CONTEXT);
    YamlNode text = YamlNode.newText(name);
    if (pair != null && name.equals(currentContext()) && !text.matches(pair.value())) {
      editor.replace(editor.root(), pair, text);
      note(Action.CHANGE, Kind.CURRENT_CONTEXT, name, List.of());
    }
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
      YamlNode value = mapping.pairs().getFirst().value();
      return switch (value) {
        case YamlNode.Scalar _ -> value;
        case YamlNode.Sequence list when list.isFlow() && list.items().isEmpty() -> value;
        default -> null;
      };
    } catch (BrokenFileException e) {
      return null;
    }
  }

  /**
   * Restores the lists that all entries have been removed from, and removes {@code apiVersion} and
   * {@code kind} from a file that had neither and has no other key.
   */
  void restoreLists() throws BrokenFileException {
    if (!(document.root() instanceof YamlNode.Mapping root)) {
      return;
    }
    for (Kind kind : LISTS) {
      String key = listKey(kind);
      String gap = header.get(key);
      YamlNode.Sequence list = root.sequence(key);
      if (list != null && editor.isEmptied(list) && (gap != null || !list.isFlow())) {
        restore(key, gap, " []");
      }
    }
    List<String> head = List.of(API_VERSION, KIND);
    boolean made = head.stream().allMatch(key -> OriginalHeader.ABSENT.equals(header.get(key)));
    for (YamlNode.Pair pair : root.pairs()) {
      String key = pair.name();
      made &= key != null && (head.contains(key) || editor.pair(key) == null);
    }
    if (made) {
      restore(API_VERSION, OriginalHeader.ABSENT, "");
      restore(KIND, OriginalHeader.ABSENT, "");
    }
  }
}
