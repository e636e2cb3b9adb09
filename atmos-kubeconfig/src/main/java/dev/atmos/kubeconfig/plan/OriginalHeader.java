package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.YamlNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The top of a file as it was before something was added, so that a removal can restore the file
 * byte for byte: by key, the text between the colon and the end of the value.
 */
final class OriginalHeader {
  /** There was no such key. No gap begins like this: a colon is followed by a space. */
  static final String ABSENT = "absent";

  private final Map<String, String> gaps = new TreeMap<>();

  void put(String key, String gap) {
    gaps.putIfAbsent(key, gap);
  }

  @Nullable String get(String key) {
    return gaps.get(key);
  }

  void forget(String key) {
    gaps.remove(key);
  }

  /** Adds what another header knows and this one doesn't. */
  void addMissing(OriginalHeader other) {
    other.gaps.forEach(gaps::putIfAbsent);
  }

  /** A copy with another gap of {@code current-context}; null for none. */
  OriginalHeader withCurrentContext(@Nullable String gap) {
    OriginalHeader copy = new OriginalHeader();
    copy.addMissing(this);
    copy.forget(KubeconfigDocument.CURRENT_CONTEXT);
    if (gap != null) {
      copy.put(KubeconfigDocument.CURRENT_CONTEXT, gap);
    }
    return copy;
  }

  static OriginalHeader read(YamlNode.@Nullable Mapping mapping) {
    OriginalHeader header = new OriginalHeader();
    if (mapping != null) {
      for (YamlNode.Pair pair : mapping.pairs()) {
        String key = pair.name();
        if (key != null && pair.value().resolved() instanceof YamlNode.Scalar gap) {
          header.put(key, gap.value());
        }
      }
    }
    return header;
  }

  /** What a marker holds of it; null if it is empty. */
  YamlNode.@Nullable Mapping write() {
    YamlNode.Mapping mapping = YamlNode.newMapping();
    gaps.forEach((key, gap) -> mapping.add(key, YamlNode.newText(gap)));
    return gaps.isEmpty() ? null : mapping;
  }
}
