package dev.atmos.text.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static final String HOST = "111122223333.dkr.ecr.us-east-2.amazonaws.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\n}",
        "{\"a\":1}",
        "{ \"a\": [1, {\"b\": \"}\\\"\"}, -2.5e3], \"c\": null }\n",
        "{\n\t\"auths\": {\n\t\t\"x\": {\n\t\t\t\"auth\": \"eDp5\"\n\t\t}\n\t}\n}",
        "{\r\n  \"HttpHeaders\" : {\"X\" : \"\u00e9\"},\r\n  \"n\": 12345678901234567890\r\n}\r\n",
        "{\n    \"auths\": {\"x\": {}},\n    \"credHelpers\": {\n        \"y\": \"z\"\n    }\n}\n",
        "{\"auths\":{\"x\":{\"auth\":\"eDp5\",\"identitytoken\":\"t\"}},\"credsStore\":\"desktop\"}"
      })
  void addition_takenBack_leavesEveryByteAsItWas(String before) {
    JsonText added = JsonText.of(before).with("QVdTOng=", "auths", HOST, "auth");
    JsonText both = added.with("atmos", "credHelpers", HOST);

    assertThat(both.text("auths", HOST, "auth")).isEqualTo("QVdTOng=");
    assertThat(both.text("credHelpers", HOST)).isEqualTo("atmos");
    String after = both.without("credHelpers", HOST).without("auths", HOST, "auth").toString();
    assertThat(before.isBlank() || before.equals("{\n}") ? after.strip() : after)
        .isEqualTo(before.equals("{\n}") ? "{}" : before);
  }

  @Test
  void addition_toTheFileOfDocker_isLaidOutAsDockerWould() {
    assertThat(JsonText.of("").with("QVdTOng=", "auths", "x", "auth"))
        .hasToString(
            "{\n\t\"auths\": {\n\t\t\"x\": {\n\t\t\t\"auth\": \"QVdTOng=\"\n\t\t}\n\t}\n}\n");
    assertThat(JsonText.of("{\n  \"a\": {\n    \"b\": \"c\"\n  }\n}").with("e", "a", "d"))
        .hasToString("{\n  \"a\": {\n    \"b\": \"c\",\n    \"d\": \"e\"\n  }\n}");
    assertThat(JsonText.of("{\"a\":{\"b\":\"c\"}}").with("e", "a", "d"))
        .hasToString("{\"a\":{\"b\":\"c\",\"d\":\"e\"}}");
    assertThat(JsonText.of("{\"a\": null}").with("e", "a", "d"))
        .hasToString("{\"a\": {\"d\":\"e\"}}".replace("\"d\":", "\"d\": "));
  }

  @Test
  void text_thatIsThere_isReplacedInItsPlace() {
    JsonText text = JsonText.of("{\"a\" : {\"b\":\"old\", \"c\": true}}");

    assertThat(text.with("new", "a", "b")).hasToString("{\"a\" : {\"b\":\"new\", \"c\": true}}");
    assertThat(text.without("a", "b")).hasToString("{\"a\" : {\"c\": true}}");
    assertThat(text.without("a", "x")).isSameAs(text);
    assertThat(text.text("a", "c")).isNull();
    assertThat(JsonText.of("{\"a\\u0062\": \"c\\n\"}").text("ab")).isEqualTo("c\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[]; is not a JSON object",
        "\"x\"; is not a JSON object",
        "{} {}; has something after its JSON object",
        "{; is not valid JSON",
        "{'a': 1}; is not valid JSON",
        "{\"a\": 1, \"a\": 2}; is not valid JSON",
        "{\"a\": 1,}; is not valid JSON"
      })
  void document_thatDockerWouldNotTake_isRefused(String text, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonText.of(text)).withMessage(why);
  }

  @Test
  void member_belowSomethingElseThanAnObject_isRefused() {
    JsonText text = JsonText.of("{\"auths\": []}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.with("x", "auths", HOST, "auth"))
        .withMessage("has something else than an object for auths");
  }
}
