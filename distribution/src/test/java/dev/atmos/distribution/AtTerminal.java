package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A program at a terminal of 80 columns and 24 lines, at which somebody types. */
final class AtTerminal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path place;
  private final Launch launch;
  private final List<List<String>> steps = new ArrayList<>();

  private AtTerminal(Path place, Launch launch) {
    this.place = place;
    this.launch = launch;
  }

  /** The surroundings of that launch, whose files are in that place. */
  static AtTerminal of(Path place, Launch launch) {
    return new AtTerminal(place, launch);
  }

  AtTerminal expect(String text) {
    steps.add(List.of("expect", text));
    return this;
  }

  AtTerminal type(String text) {
    steps.add(List.of("type", text));
    return this;
  }

  /** Types what is in a file, as soon as there is one. */
  AtTerminal typeFrom(Path file) {
    steps.add(List.of("type from", file.toString()));
    return this;
  }

  /**
   * What came of it.
   *
   * @param screen all that was shown
   * @param exit the exit code
   */
  record Shown(String screen, int exit) {}

  /** Runs a program to its end; whatever it does, the terminal is as it was. */
  Shown run(List<String> words) throws IOException, InterruptedException {
    Path script = place.resolve("terminal.py");
    try (InputStream in =
        Objects.requireNonNull(AtTerminal.class.getResourceAsStream("terminal.py"))) {
      Files.write(script, in.readAllBytes());
    }
    Path typed = Launch.write(place.resolve("steps.json"), JSON.writeValueAsString(steps));
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "steps=$1; shift; exec \"$@\" <\"$steps\"",
                "sh",
                typed.toString(),
                Tools.python().toString(),
                script.toString(),
                Integer.toString(Launch.SECONDS - 5)));
    command.addAll(words);
    JsonNode answer = JSON.readTree(launch.command(command).run().succeeded().stdout());
    assertThat(answer.path("problem").asText()).isEmpty();
    assertThat(answer.get("settings").booleanValue()).as("the terminal's settings").isTrue();
    return new Shown(answer.get("screen").textValue(), answer.get("exit").intValue());
  }
}
