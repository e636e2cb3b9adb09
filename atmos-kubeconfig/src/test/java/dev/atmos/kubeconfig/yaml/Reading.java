package dev.atmos.kubeconfig.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads texts with a reader that isn't ours, as YAML 1.2. */
public final class Reading {
  private static final Set<String> LISTS = Set.of("clusters", "contexts", "users");
  private static final Set<String> HEAD = Set.of("apiVersion", "kind", "current-context");

  private Reading() {}

  /** The first document; null if it is empty. */
  public static @Nullable Object read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(false).build();
    for (Object document : new Load(settings).loadAllFromString(text)) {
      return document;
    }
    return null;
  }

  /** Everything that was there is there, in its order; what is new comes after it. */
  public static void assertThatRestIsEqual(String before, String after) throws BrokenFileException {
    YamlNode.Mapping old =
        Objects.requireNonNullElseGet(
            (YamlNode.Mapping) YamlDocument.parse("", before).root(), YamlNode::newMapping);
    YamlNode.Mapping now =
        (YamlNode.Mapping) Objects.requireNonNull(YamlDocument.parse("", after).root());
    List<String> keys = keys(now);
    keys.retainAll(keys(old));
    assertThat(keys).isEqualTo(keys(old));
    for (YamlNode.Pair pair : old.pairs()) {
      String key = ((YamlNode.Scalar) pair.key).value;
      YamlNode value = Objects.requireNonNull(now.get(key));
      if (LISTS.contains(key)) {
        List<YamlNode> items = items(pair.value);
        for (int i = 0; i < items.size(); i++) {
          assertThat(items.get(i).sameAs(items(value).get(i))).as("%s %s", key, i).isTrue();
        }
      } else if (!HEAD.contains(key)) {
        assertThat(pair.value.resolved().sameAs(value)).as(key).isTrue();
      }
    }
  }

  private static List<YamlNode> items(YamlNode list) {
    return list.resolved() instanceof YamlNode.Sequence sequence ? sequence.items() : List.of();
  }

  private static List<String> keys(YamlNode.Mapping mapping) {
    List<String> keys = new ArrayList<>();
    for (YamlNode.Pair pair : mapping.pairs()) {
      keys.add(((YamlNode.Scalar) pair.key).value);
    }
    return keys;
  }

  /** What is there in mappings and lists; keys are texts, places are numbers. */
  public static Object at(@Nullable Object root, Object... path) {
    Object at = Objects.requireNonNull(root);
    for (Object step : path) {
      Object next =
          step instanceof Integer place ? ((List<?>) at).get(place) : ((Map<?, ?>) at).get(step);
      at = Objects.requireNonNull(next, "nothing at " + step);
    }
    return at;
  }
}
