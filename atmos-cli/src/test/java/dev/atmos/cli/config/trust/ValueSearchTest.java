package dev.atmos.cli.config.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueSearchTest {
  private static final Source SOURCE = new Source("/project/atmos.yaml", "");
  private static final Position TOP = new Position(SOURCE, 1, 1);

  private static ConfigMap map(String key, ConfigValue value) {
    return new ConfigMap(Map.of(key, new ConfigMap.Entry(TOP, value)), TOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "a/b-c_1",
        "a.b",
        "",
        "\"",
        "\\",
        "\\\"",
        "a\\.b\"]",
        "[0]",
        "é.ü",
        "a\nb"
      })
  void value_belowAnyName_isFoundAtTheKeysThatTheSearchFinds(String name) {
    Position position = new Position(SOURCE, 7, 3);
    ConfigText text = new ConfigText("x", true, position);
    ConfigMap root = map("auth", map(name, new ConfigList(List.of(map(name, text)), TOP)));
    List<String> keys = List.copyOf(ValueSearch.find(position, root).keySet());
    assertThat(keys).hasSize(1);
    assertThat(ValueSearch.valueAt(root, keys.getFirst())).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b",
        "a.b",
        "a[1]",
        "a[-1]",
        "a[x]",
        "a[",
        "a]",
        "a[0",
        "a[99999999999]",
        "\"a",
        "."
      })
  void keys_thatLeadNowhere_findNothing(String keys) {
    ConfigMap root = map("a", new ConfigList(List.of(new ConfigText("x", true, TOP)), TOP));
    assertThat(ValueSearch.valueAt(root, keys)).isNull();
  }
}
