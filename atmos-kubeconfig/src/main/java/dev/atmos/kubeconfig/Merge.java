package dev.atmos.kubeconfig;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings an entry up to date, and keeps what the user has added to it. */
final class Merge {
  private final Edit edit;
  private final List<String> changed = new ArrayList<>();

  private Merge(Edit edit) {
    this.edit = edit;
  }

  /**
   * Gives an entry what it has to have.
   *
   * @param item the entry, as it stands in its list
   * @param wanted what has to be in it
   * @return the paths of the fields that were changed
   */
  static List<String> into(Edit edit, Node.Mapping item, Node.Mapping wanted)
      throws BrokenFileException {
    Merge merge = new Merge(edit);
    for (Node.Pair pair : wanted.pairs) {
      // The name too, by which the entry was found: to other readers it may be no text as it is.
      // The body's key says nothing to a person.
      merge.field(item, ((Node.Scalar) pair.key).value, pair.value, "");
    }
    return merge.changed;
  }

  private void field(Node.Mapping target, String key, Node wanted, String path)
      throws BrokenFileException {
    Node there = target.get(key);
    if (there != null && wanted.says(there)) {
      return;
    }
    Node.Pair pair = target.pair(key);
    if (pair == null) {
      changed.add(path.isEmpty() ? key : path);
      edit.put(target, key, wanted);
    } else if (wanted instanceof Node.Mapping mapping
        && pair.value.resolved() instanceof Node.Mapping body
        && !body.pairs.isEmpty()) {
      for (Node.Pair each : mapping.pairs) {
        String name = ((Node.Scalar) each.key).value;
        field(body, name, each.value, path.isEmpty() ? name : path + "." + name);
      }
    } else if (wanted instanceof Node.Sequence list
        && pair.value.resolved() instanceof Node.Sequence items
        && isNamed(list)
        && !items.items.isEmpty()) {
      named(items, list, path);
    } else {
      changed.add(path.isEmpty() ? key : path);
      edit.replace(target, pair, wanted);
    }
  }

  /** A list whose items have names, such as variables and extensions: others' items stay. */
  private void named(Node.Sequence target, Node.Sequence wanted, String path)
      throws BrokenFileException {
    for (Node item : wanted.items) {
      Node.Mapping each = (Node.Mapping) item;
      String name = String.valueOf(each.text("name"));
      Node.Mapping found = find(target, name);
      if (found == null) {
        changed.add(path + "." + name);
        edit.append(target, each);
        continue;
      }
      for (Node.Pair pair : each.pairs) {
        String key = ((Node.Scalar) pair.key).value;
        if (!key.equals("name")) {
          field(found, key, pair.value, path + "." + name);
        }
      }
    }
  }

  private static boolean isNamed(Node.Sequence list) {
    for (Node item : list.items) {
      if (!(item instanceof Node.Mapping mapping) || mapping.pair("name") == null) {
        return false;
      }
    }
    return !list.items.isEmpty();
  }

  private static Node.@Nullable Mapping find(Node.Sequence list, String name) {
    for (Node item : list.items) {
      if (item.resolved() instanceof Node.Mapping mapping && name.equals(mapping.text("name"))) {
        return mapping;
      }
    }
    return null;
  }
}
