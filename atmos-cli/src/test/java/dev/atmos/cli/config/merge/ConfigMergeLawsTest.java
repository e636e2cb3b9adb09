package dev.atmos.cli.config.merge;

import static dev.atmos.cli.config.Trees.read;
import static dev.atmos.cli.config.Trees.write;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of merging any files. */
class ConfigMergeLawsTest {

  private static ConfigMap merge(ConfigMap lower, ConfigMap upper) {
    return ConfigMerge.merge(lower, upper, true, new MergeLimit());
  }

  /** Merging files from the lowest to the highest. */
  private static ConfigMap fold(List<String> texts) {
    ConfigMap merged = read("{}");
    for (String text : texts) {
      merged = merge(merged, read(text));
    }
    return merged;
  }

  @Property
  void merge_overItself_changesNothing(@ForAll("untagged") String text) {
    ConfigMap map = read(text);
    assertThat(writeWithPositions(merge(map, map))).isEqualTo(writeWithPositions(map));
  }

  @Property
  void merge_withNothing_changesNothing(@ForAll("untagged") String text) {
    assertThat(write(merge(read(text), read("{}")))).isEqualTo(write(read(text)));
    assertThat(write(merge(read("{}"), read(text)))).isEqualTo(write(read(text)));
  }

  /** It doesn't hold where a text stands over a mapping, or an identity's name in another case. */
  @Property
  void merge_ofThree_isTheSameInEitherGrouping(
      @ForAll("tidy") String a, @ForAll("tidy") String b, @ForAll("tidy") String c) {
    assertThat(write(merge(merge(read(a), read(b)), read(c))))
        .isEqualTo(write(merge(read(a), merge(read(b), read(c)))));
  }

  @Property
  void merge_ofAFileThatCameBefore_needsNoMoreThanItsLastTime(
      @ForAll("untagged") String a, @ForAll("untagged") String b, @ForAll("untagged") String c) {
    assertThat(sorted(fold(List.of(a, b, c, a)))).isEqualTo(sorted(fold(List.of(b, c, a))));
  }

  @Property
  void merge_ofAnything_leavesNoTagsAndWhatIsOnTopWins(
      @ForAll("any") String lower, @ForAll("untagged") String upper) {
    ConfigMap merged = fold(List.of(lower, upper));
    assertThat(write(merged)).doesNotContain("<!unset", "<!append");
    assertThat(sorted(merge(merged, read(upper)))).isEqualTo(sorted(merged));
  }

  /** The entries in the order of their keys. */
  private static String sorted(ConfigMap map) {
    StringBuilder out = new StringBuilder("{");
    map.entries().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            out.append(entry.getKey())
                .append('=')
                .append(
                    entry.getValue().value() instanceof ConfigMap inner
                        ? sorted(inner)
                        : write(entry.getValue().value()))
                .append(' '));
    return out.append('}').toString();
  }

  @Provide
  Arbitrary<String> untagged() {
    return Arbitraries.randoms().map(random -> map(random, 0, false, false));
  }

  @Provide
  Arbitrary<String> any() {
    return Arbitraries.randoms().map(random -> map(random, 0, false, true));
  }

  @Provide
  Arbitrary<String> tidy() {
    return Arbitraries.randoms().map(random -> map(random, 0, true, false));
  }

  private static String map(Random random, int depth, boolean tidy, boolean tags) {
    List<String> keys = new ArrayList<>(List.of("a", "b", "c", "x", "y", "auth", "identities"));
    if (!tidy) {
      keys.add("Auth");
      keys.add("A");
    }
    StringBuilder out = new StringBuilder("{");
    int entries = random.nextInt(5);
    for (int i = 0; i < entries; i++) {
      String key = keys.remove(random.nextInt(keys.size()));
      boolean map =
          tidy
              ? key.equals("x")
                  || key.equals("y")
                  || key.startsWith("auth")
                  || key.equals("identities")
              : random.nextInt(3) == 0;
      out.append(i == 0 ? "" : ", ").append(key).append(": ");
      if (map && depth < 4) {
        out.append(tidy && random.nextInt(9) == 0 ? "~" : map(random, depth + 1, tidy, tags));
      } else if (tags && random.nextInt(3) == 0) {
        out.append(random.nextBoolean() ? "!unset ''" : "!append [" + random.nextInt(9) + "]");
      } else {
        out.append(scalar(random, map));
      }
    }
    return out.append('}').toString();
  }

  private static String scalar(Random random, boolean map) {
    if (map) {
      return "~";
    }
    return switch (random.nextInt(5)) {
      case 0 -> "[1, " + random.nextInt(9) + "]";
      case 1 -> "~";
      case 2 -> "''";
      default -> "t" + random.nextInt(9);
    };
  }
}
