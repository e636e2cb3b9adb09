package dev.atmos.text.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Against SnakeYAML's own reader. */
class InMemoryStreamReaderTest {

  private static InMemoryStreamReader byCodePoints(String text) {
    int[] codePoints = text.codePoints().toArray();
    return new InMemoryStreamReader(text, codePoints, 0, codePoints.length, 0);
  }

  /** What the parser says, and where; an error is the last thing that it says. */
  private static List<String> events(StreamReader reader, boolean indexes) {
    ParserImpl parser = new ParserImpl(reader, new LoaderOptions());
    List<String> events = new ArrayList<>();
    try {
      Event event;
      do {
        event = parser.getEvent();
        events.add(
            event + place(event.getStartMark(), indexes) + place(event.getEndMark(), indexes));
      } while (!(event instanceof StreamEndEvent));
    } catch (MarkedYAMLException e) {
      events.add(e.getProblem() + place(e.getProblemMark(), indexes));
    }
    return events;
  }

  private static String place(Mark mark, boolean indexes) {
    return " " + mark.getLine() + ":" + mark.getColumn() + (indexes ? "@" + mark.getIndex() : "");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b: ",
            "- ",
            "\n",
            "\r\n",
            "\r",
            "  ",
            "\u0085",
            "\u2028",
            "é",
            "\uD83D\uDE80",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "# c",
            "|\n",
            ": ",
            "\t",
            "&x ",
            "*x",
            "\\n")
        .list()
        .ofMaxSize(15)
        .map(pieces -> String.join("", pieces))
        // Only there, SnakeYAML takes it for no line break.
        .filter(text -> !text.endsWith("\r"));
  }

  @Property(tries = 3000)
  void anyText_isParsedAsByTheParsersOwnReader(@ForAll("texts") String text) {
    List<String> expected = events(new StreamReader(new StringReader(text)), true);
    assertThat(events(byCodePoints(text), true)).isEqualTo(expected);
    if (text.codePoints().allMatch(c -> c < 0x10000)) {
      assertThat(events(InMemoryStreamReader.byChars(text), true)).isEqualTo(expected);
    }
  }

  @Test
  void marks_byChars_areIndexesIntoTheText() {
    String text = "\uD83D\uDE80: b";
    ParserImpl parser = new ParserImpl(InMemoryStreamReader.byChars(text), new LoaderOptions());
    Event event = parser.getEvent();
    while (!event.is(Event.ID.Scalar) || event.getStartMark().getIndex() == 0) {
      event = parser.getEvent();
    }
    assertThat(event.getStartMark().getIndex()).isEqualTo(text.indexOf('b'));
    assertThat(event.getStartMark().get_snippet()).doesNotContain("b");
  }

  @Test
  void lines_ofAText_areReadAsIfTheyWereAll() {
    String text = "é: 1\nb: 2\nc: 3\n";
    int[] codePoints = text.codePoints().toArray();
    InMemoryStreamReader reader = new InMemoryStreamReader(text, codePoints, 5, 10, 1);
    assertThat(reader.prefix(100)).isEqualTo("b: 2\n");
    assertThat(reader.getLine()).isEqualTo(1);
    reader.forward(100);
    assertThat(reader.getIndex()).isEqualTo(10);
    assertThat(reader.peek()).isZero();
    assertThat(reader.getLine()).isEqualTo(2);
  }

  @Test
  void byteOrderMark_takesNoColumn() {
    InMemoryStreamReader reader = InMemoryStreamReader.byChars("\uFEFFab");
    reader.forward(2);
    assertThat(reader.getColumn()).isEqualTo(1);
    assertThat(reader.getIndex()).isEqualTo(2);
  }
}
