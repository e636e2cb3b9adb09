package dev.atmos.kubeconfig;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stood at the top of a file before something was added, so that taking it out gives the file
 * back byte for byte: by key, what was between the colon and the end of the value.
 */
final class Memory {
  /** There was no such key. No value begins like this: a space follows a colon. */
  static final String ABSENT = "absent";

  private final Map<String, String> was = new TreeMap<>();

  void was(String key, String gap) {
    was.putIfAbsent(key, gap);
  }

  void wasAbsent(String key) {
    was.putIfAbsent(key, ABSENT);
  }

  @Nullable String get(String key) {
    return was.get(key);
  }

  void forget(String key) {
    was.remove(key);
  }

  boolean isEmpty() {
    return was.isEmpty();
  }

  /** Adds what another one knows and this one doesn't. */
  void learn(Memory other) {
    other.was.forEach(was::putIfAbsent);
  }

  static Memory read(Node.@Nullable Mapping mapping) {
    Memory memory = new Memory();
    if (mapping != null) {
      for (Node.Pair pair : mapping.pairs) {
        if (pair.key instanceof Node.Scalar key
            && pair.value.resolved() instanceof Node.Scalar gap) {
          memory.was(key.value, gap.value);
        }
      }
    }
    return memory;
  }

  Node.Mapping write() {
    Node.Mapping mapping = Node.newMapping();
    was.forEach((key, gap) -> mapping.add(key, Node.newText(gap)));
    return mapping;
  }
}
