package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMapTest {
  private static final Position HERE = new Position(new Source("atmos.yaml", "key: CANARY"), 1, 1);

  @Test
  void text_ofAnUnquotedWord_isTheWordAsWritten() {
    for (String word : List.of("no", "yes", "0123", "1e3", "12:30:45", "012345678901")) {
      assertThat(map("key", plain(word)).text("key")).contains(word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void getters_onAnEmptyValue_findNothing(String nothing) {
    ConfigMap map = map("key", plain(nothing));

    assertThat(map.text("key")).isEmpty();
    assertThat(map.map("key")).isEmpty();
    assertThat(map.list("key")).isEmpty();
    assertThat(map.flag("key")).isEmpty();
  }

  @Test
  void text_ofAQuotedNull_isItsText() {
    assertThat(map("key", new ConfigText("null", false, HERE)).text("key")).contains("null");
  }

  @Test
  void getters_onAnotherType_sayPlaceAndTypes() {
    ConfigMap map = map("key", new ConfigList(List.of(), HERE));

    assertThatThrownBy(() -> map.text("key"))
        .isInstanceOf(AtmosException.class)
        .hasMessage("atmos.yaml:1:1: 'key' must be a text, and is a list\n  1 | key: ...");
    assertThatThrownBy(() -> map.map("key")).hasMessageContaining("must be a mapping");
    assertThatThrownBy(() -> map("key", map("x", plain("y"))).list("key"))
        .hasMessageContaining("must be a list, and is a mapping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "on", "TRUE!"})
  void flag_ofAnythingButTrueAndFalse_isRefused(String word) {
    assertThatThrownBy(() -> map("key", plain(word)).flag("key"))
        .hasMessageContaining("'key' must be true or false");
  }

  @Test
  void flag_inAnyCase_isRead() {
    assertThat(map("key", plain("True")).flag("key")).contains(true);
    assertThat(map("key", plain("false")).flag("key")).contains(false);
  }

  @Test
  void everything_printed_showsNoValue() {
    ConfigMap map = map("key", plain("CANARY"));

    assertThat(map.toString() + map.entries()).doesNotContain("CANARY");
  }

  @Test
  void entries_keepTheirOrder() {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    for (String key : List.of("z", "a", "m")) {
      entries.put(key, new ConfigMap.Entry(HERE, plain("v")));
    }

    assertThat(new ConfigMap(entries, HERE).keys()).containsExactly("z", "a", "m");
  }

  private static ConfigMap map(String key, ConfigValue value) {
    return new ConfigMap(Map.of(key, new ConfigMap.Entry(HERE, value)), HERE);
  }

  private static ConfigText plain(String text) {
    return new ConfigText(text, true, HERE);
  }
}
