package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlEditor;
import dev.atmos.kubeconfig.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Brings an entry up to date and keeps what the user has added to it. */
final class EntryMerger {
  private final YamlEditor editor;
  private final List<String> changed = new ArrayList<>();

  private EntryMerger(YamlEditor editor) {
    this.editor = editor;
  }

  /**
   * Sets the desired fields of an entry.
   *
   * @param item the entry in its list
   * @param wanted the desired fields
   * @return the paths of the fields that were changed
   */
  static List<String> into(YamlEditor editor, YamlNode.Mapping item, YamlNode.Mapping wanted)
      throws BrokenFileException {
    EntryMerger merge = new EntryMerger(editor);
    for (YamlNode.Pair pair : wanted.pairs()) {
      // The name as well: some readers may not take it for a text as it is written.
      // Paths begin below the key of the entry's body.
      merge.field(item, key(pair), pair.value(), "");
    }
    return merge.changed;
  }

  private void field(YamlNode.Mapping target, String key, YamlNode wanted, String path)
      throws BrokenFileException {
    YamlNode there = target.get(key);
    if (there != null && wanted.matches(there)) {
      return;
    }
    YamlNode.Pair pair = target.pair(key);
    if (pair == null) {
      changed.add(path.isEmpty() ? key : path);
      editor.put(target, key, wanted);
    } else if (wanted instanceof YamlNode.Mapping mapping
        && pair.value().resolved() instanceof YamlNode.Mapping body
        && !body.pairs().isEmpty()) {
      for (YamlNode.Pair each : mapping.pairs()) {
        String name = key(each);
        field(body, name, each.value(), path.isEmpty() ? name : path + "." + name);
      }
    } else if (wanted instanceof YamlNode.Sequence list
        && pair.value().resolved() instanceof YamlNode.Sequence items
        && isNamed(list)
        && !items.items().isEmpty()) {
      named(items, list, path);
    } else {
      changed.add(path.isEmpty() ? key : path);
      editor.replace(target, pair, wanted);
    }
  }

  /** A list whose items have names, such as variables and extensions: other items stay. */
  private void named(YamlNode.Sequence target, YamlNode.Sequence wanted, String path)
      throws BrokenFileException {
    for (YamlNode item : wanted.items()) {
      YamlNode.Mapping each = (YamlNode.Mapping) item;
      String name = String.valueOf(each.text("name"));
      YamlNode.Mapping found = target.named(name);
      if (found == null) {
        changed.add(path + "." + name);
        editor.append(target, each);
        continue;
      }
      for (YamlNode.Pair pair : each.pairs()) {
        if (!key(pair).equals("name")) {
          field(found, key(pair), pair.value(), path + "." + name);
        }
      }
    }
  }

  private static String key(YamlNode.Pair pair) {
    return Objects.requireNonNull(pair.name());
  }

  private static boolean isNamed(YamlNode.Sequence list) {
    return !list.items().isEmpty()
        && list.items().stream()
            .allMatch(
                item -> item instanceof YamlNode.Mapping mapping && mapping.pair("name") != null);
  }
}
