package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.plugin.testkit.FakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad configuration and what it gets, word by word: {@code bad-configuration.txt} is a table of
 * files, a command, its exit code, and everything that it shows.
 */
final class BadConfigurationRunTest {
  private static final String TABLE = "/bad-configuration.txt";
  private static final List<String> TOKEN =
      List.of("aws", "eks", "token", "--cluster-name", "demo", "--region", "us-east-2");

  /** A case: its lines, of which those that say what came of it are left out. */
  record Case(String name, List<String> given, List<String> outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String text() throws IOException {
    try (InputStream in = BadConfigurationRunTest.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Case> read() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("# ")) {
        cases.add(new Case(line.substring(2), new ArrayList<>(), new ArrayList<>()));
      } else if (!cases.isEmpty() && !line.isEmpty()) {
        Case current = cases.getLast();
        boolean given =
            line.matches(
                "(file|utf16|latin1|directory|link|unreadable|large|laughs|deep|chain|run) .*");
        (given ? current.given() : current.outcome()).add(line);
      }
    }
    return cases;
  }

  static List<Case> cases() throws IOException {
    return read();
  }

  @Test
  void table_ofAllCases_isLong() throws IOException {
    assertThat(read()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(read().stream().map(Case::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void badConfiguration_onUnix_getsExactlyThis(Case each) throws IOException {
    assertThat(outcome(each, View.UNIX)).isEqualTo(String.join("\n", each.outcome()));
  }

  /** The same, but for the paths. */
  @ParameterizedTest
  @MethodSource("cases")
  void badConfiguration_onWindows_getsTheSame(Case each) throws IOException {
    if (each.given().stream().anyMatch(line -> line.startsWith("link "))) {
      // Links are not everybody's there.
      return;
    }
    String windows =
        outcome(each, View.WINDOWS)
            .replace('\\', '/')
            .replace("C:/project", "/project")
            .replace("C:/Users/dev/AppData/Local/atmos", "/home/dev/.config/atmos");
    assertThat(windows).isEqualTo(String.join("\n", each.outcome()));
  }

  /** Writes the table with what really came of each case, for who has changed a message. */
  @Test
  void table_asRun_isWrittenForReview() throws IOException {
    String text = text();
    StringBuilder table = new StringBuilder(text.substring(0, text.indexOf("\n# ")));
    for (Case each : read()) {
      table.append("\n# ").append(each.name()).append('\n');
      each.given().forEach(line -> table.append(line).append('\n'));
      table.append(outcome(each, View.UNIX)).append('\n');
    }
    Path copy = Path.of("target", "bad-configuration.txt");
    Files.writeString(copy, table);
    assertThat(copy).isNotEmptyFile();
  }

  private static String outcome(Case each, View view) throws IOException {
    FakeFiles files = view == View.UNIX ? FakeFiles.unix() : FakeFiles.windows();
    AtmosRun atmos = AtmosRun.in(files).keys().knows("(hidden)", "hush-hush");
    List<String> shown = new ArrayList<>();
    for (String line : each.given()) {
      if (line.startsWith("run ")) {
        AtmosRun.Result result = atmos.run(words(line.substring(4)));
        shown.add("exit " + result.exitCode());
        if (result.stdout().contains("\"token\"")) {
          shown.add("out (a token)");
        } else {
          result.stdout().lines().forEach(out -> shown.add(("out " + out).stripTrailing()));
        }
        result.stderr().lines().forEach(err -> shown.add(("err " + err).stripTrailing()));
      } else if (line.startsWith("unreadable ")) {
        atmos.unreadable(line.substring("unreadable ".length()));
      } else {
        place(files, line);
      }
    }
    return String.join("\n", shown);
  }

  private static void place(FakeFiles files, String line) throws IOException {
    String[] parts = line.split(" ", 4);
    String name = parts[1];
    String content = parts.length > 3 ? unescaped(parts[3]) : "";
    Path home = files.home().orElseThrow();
    Path path =
        name.startsWith("/home/dev/")
            ? home.resolve(name.substring("/home/dev/".length()))
            : files.path(name);
    if (files.isWindows() && name.startsWith("/home/dev/.config/atmos/")) {
      path =
          files.config().orElseThrow().resolve(name.substring("/home/dev/.config/atmos/".length()));
    }
    switch (parts[0]) {
      case "file" -> write(path, content, StandardCharsets.UTF_8);
      case "utf16" -> write(path, content, StandardCharsets.UTF_16);
      case "latin1" -> write(path, content, StandardCharsets.ISO_8859_1);
      case "directory" -> Files.createDirectories(path);
      case "link" -> Files.createSymbolicLink(path, files.path(content));
      case "large" -> write(path, "#".repeat(8 * 1024 * 1024) + "\n", StandardCharsets.UTF_8);
      case "laughs" -> write(path, laughs(), StandardCharsets.UTF_8);
      case "deep" ->
          write(path, "auth: " + "[".repeat(101) + "]".repeat(101), StandardCharsets.UTF_8);
      case "chain" -> {
        write(path, "import: a1.yaml\n", StandardCharsets.UTF_8);
        for (int i = 1; i <= 11; i++) {
          String next = i == 11 ? "auth: {}\n" : "import: a" + (i + 1) + ".yaml\n";
          write(files.path("a" + i + ".yaml"), next, StandardCharsets.UTF_8);
        }
      }
      default -> throw new AssertionError(line);
    }
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\u([0-9A-F]{4})")
        .matcher(text)
        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
        .translateEscapes();
  }

  private static void write(Path path, String content, Charset charset) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.write(path, content.getBytes(charset));
  }

  /** Each line doubles what merging copies. */
  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 {");
    for (int i = 0; i < 1000; i++) {
      text.append("k").append(i).append(": x, ");
    }
    text.append("z: z}\n");
    for (int i = 1; i <= 30; i++) {
      String below = "*a" + (i - 1);
      text.append("a" + i + ": &a" + i + " {<<: [" + below + ", " + below + "]}\n");
    }
    return text.append("auth: *a30\n").toString();
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      if (word.equals("token")) {
        words.addAll(TOKEN);
      } else {
        words.add(word.equals("\"\"") ? "" : word);
      }
    }
    return words.toArray(String[]::new);
  }
}
