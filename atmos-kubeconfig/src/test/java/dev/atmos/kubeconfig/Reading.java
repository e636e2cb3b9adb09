package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads texts with a reader that isn't ours, as YAML 1.2. */
final class Reading {
  private static final Set<String> LISTS = Set.of("clusters", "contexts", "users");
  private static final Set<String> HEAD = Set.of("apiVersion", "kind", "current-context");

  private Reading() {}

  /** The first document; null if it is empty. */
  static @Nullable Object read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(false).build();
    for (Object document : new Load(settings).loadAllFromString(text)) {
      return document;
    }
    return null;
  }

  /** Everything that was there is there, in its order; what is new comes after it. */
  static void assertThatRestIsEqual(String before, String after) throws BrokenFileException {
    Node.Mapping old =
        Objects.requireNonNullElseGet(
            (Node.Mapping) Document.parse("", before).root(), Node::newMapping);
    Node.Mapping now = (Node.Mapping) Objects.requireNonNull(Document.parse("", after).root());
    List<String> keys = keys(now);
    keys.retainAll(keys(old));
    assertThat(keys).isEqualTo(keys(old));
    for (Node.Pair pair : old.pairs) {
      String key = ((Node.Scalar) pair.key).value;
      Node value = Objects.requireNonNull(now.get(key));
      if (LISTS.contains(key)) {
        List<Node> items = items(pair.value);
        for (int i = 0; i < items.size(); i++) {
          assertThat(items.get(i).sameAs(items(value).get(i))).as("%s %s", key, i).isTrue();
        }
      } else if (!HEAD.contains(key)) {
        assertThat(pair.value.resolved().sameAs(value)).as(key).isTrue();
      }
    }
  }

  private static List<Node> items(Node list) {
    return list.resolved() instanceof Node.Sequence sequence ? sequence.items : List.of();
  }

  private static List<String> keys(Node.Mapping mapping) {
    List<String> keys = new ArrayList<>();
    for (Node.Pair pair : mapping.pairs) {
      keys.add(((Node.Scalar) pair.key).value);
    }
    return keys;
  }
}
