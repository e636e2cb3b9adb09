package dev.atmos.text.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

class YamlSyntaxErrorsTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("a:\n\tb: canary\n", "2:1: a tab where only spaces may stand"),
        arguments(
            "a: @canary\n",
            "1:4: no value begins with this character; a text that does needs quotes around it"),
        arguments(
            "a: canary: b\n",
            "1:10: a ':' that can't stand here; a text with ': ' in it needs quotes around it"),
        arguments("a: - canary\n", "1:4: a list or a key can't begin here"),
        arguments(
            "a: b\ncanary\nc: d\n",
            "2:1: a key without its ':', or a text whose lines are not indented"),
        arguments(
            "a: 'b' canary\n",
            "1:8: this can't stand here; look at its indentation, and at quotes that end too"
                + " early"),
        arguments(
            "a: [canary\nb: c\n", "1:4: the '[' is never closed, or a ',' is missing after it"),
        arguments(
            "a: {canary\nb: c\n", "1:4: the '{' is never closed, or a ',' is missing after it"),
        arguments("a: [", "1:5: the file ends within a '[' or a '{' that is never closed"),
        arguments("a: 'canary", "1:4: the quotes are never closed"),
        arguments("a: \"canary", "1:4: the quotes are never closed"),
        arguments(
            "a: !c!anary b",
            "1:4: not a valid tag; a text that begins with '!' needs quotes around it"),
        arguments(
            "a: * canary",
            "1:5: not a valid alias; a text that begins with '*' needs quotes around it"),
        arguments(
            "a: & canary",
            "1:5: not a valid anchor; a text that begins with '&' needs quotes around it"),
        arguments(
            "a: \"\\canary\"",
            "1:6: an unknown '\\' sequence in double quotes; in single quotes a '\\' is itself"),
        arguments("a: |x canary", "1:5: not a valid '|' or '>'"),
        arguments("%YAML 3.0\n---\ncanary", "1:1: only YAML 1 is supported"),
        arguments("--- a\n... canary\n", "2:5: something follows after the end of the document"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_thatIsNotYaml_isExplainedWithoutAnyOfIt(String text, String explanation) {
    ParserImpl parser = new ParserImpl(InMemoryStreamReader.byChars(text), new LoaderOptions());
    try {
      while (!(parser.getEvent() instanceof StreamEndEvent)) {
        // On to the error.
      }
      fail("this is YAML");
    } catch (MarkedYAMLException e) {
      Mark mark = Objects.requireNonNull(YamlSyntaxErrors.mark(e));
      assertThat(
              (mark.getLine() + 1)
                  + ":"
                  + (mark.getColumn() + 1)
                  + ": "
                  + YamlSyntaxErrors.sentence(e))
          .isEqualTo(explanation);
    }
  }
}
