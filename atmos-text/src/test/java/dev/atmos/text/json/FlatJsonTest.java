package dev.atmos.text.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

  @Property
  void members_ofAnyText_comeBack(@ForAll Map<String, String> members) {
    String object = FlatJson.write(members, text -> text);
    assertThat(FlatJson.read(object, Function.identity())).contains(members);
  }

  @Test
  void members_areMadeOfTheirTexts() {
    assertThat(FlatJson.write(Map.of("a", 1), number -> "n" + number)).isEqualTo("{\"a\":\"n1\"}");
    assertThat(FlatJson.read("{\"a\":\"1\",\"b\":2}", Integer::valueOf))
        .contains(Map.of("a", 1, "b", 2));
  }

  @Test
  void members_thatAreNoTexts_areLeftOut() {
    assertThat(FlatJson.read("{\"a\":{\"x\":[1]},\"b\":null,\"c\":true,\"d\":\"e\"}", text -> text))
        .contains(Map.of("d", "e"));
  }

  @Test
  void membersOfAnObject_inside_areReadAlone() {
    String object =
        "{\"a\":\"own\",\"o\":{\"a\":\"b\",\"n\":1.5,\"x\":{\"a\":\"deep\"}},\"p\":{\"a\":0}}";
    assertThat(FlatJson.read(object, "o", text -> text)).contains(Map.of("a", "b", "n", "1.5"));
    assertThat(FlatJson.read(object, "a", text -> text)).isEmpty();
    assertThat(FlatJson.read("[" + object + "]", "o", text -> text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"a\"", "{", "{\"a\":\"b\"", "{\"a\":\"b\"}x", "{} {}"})
  void text_thatIsNoObject_isEmpty(String text) {
    assertThat(FlatJson.read(text, Function.identity())).isEmpty();
  }
}
