package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos auth exec} and {@code atmos auth shell}: what runs is the program itself. */
class ExecIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();

  private static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: mock/aws
            default: true
            env:
              GREETING: "it's\\na \\"test\\" of $HOME `id` \\\\"
          ops eu:
            kind: mock/aws
      """;

  private static Launch launch(Path place, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("auth"));
    all.addAll(List.of(words));
    Launch launch = product.run(place, all);
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION);
    return launch.env("ATMOS_TRUSTED_PATHS", launch.workingDirectory().toString());
  }

  private static Launch exec(Path place, String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of("exec", "--"));
    words.addAll(List.of(command));
    return launch(place, words.toArray(String[]::new));
  }

  /** The variables that a program sees, one character per byte. */
  private static Map<String, String> variables(Launch launch) throws Exception {
    Map<String, String> variables = new TreeMap<>();
    for (String line : launch.run().quiet().succeeded().stdout().split("\0", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 126, 127, 130, 255})
  void exitCode_ofTheProgram_isThatOfAtmos(int code) throws Exception {
    assertThat(exec(scratch.directory(), "sh", "-c", "exit " + code).run().quiet().exit())
        .isEqualTo(code);
  }

  @Test
  void streams_ofTheProgram_areThoseOfAtmos() throws Exception {
    Launch launch = exec(scratch.directory(), "sh", "-c", "cat; printf err >&2; printf 'a\\n\\n'");
    Outcome outcome = launch.command(withInput(launch, "typed")).run().succeeded();
    assertThat(outcome.stdout()).isEqualTo("typeda\n\n");
    assertThat(outcome.stderr()).isEqualTo("err");
  }

  private static List<String> withInput(Launch launch, String input) throws IOException {
    Path file = Launch.write(launch.home().resolve("input"), input);
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "in=$1; shift; exec \"$@\" <\"$in\"", "sh", file.toString()));
    command.addAll(launch.words());
    return command;
  }

  @Test
  void program_inThePlaceOfAtmos_isTheSameProcess() throws Exception {
    Launch.Running running = exec(scratch.directory(), "sh", "-c", "echo $$").start();
    long pid = running.process().pid();
    assertThat(running.finish().quiet().stdout()).isEqualTo(pid + "\n");
  }

  @Test
  void words_ofTheProgram_areTheBytesThatWereTyped() throws Exception {
    Launch launch =
        exec(scratch.directory(), "printf", "%s|", "a b", "", "$x", "'", "\n", "--help");
    List<String> words = new ArrayList<>(List.of("sh", "-c"));
    words.add("exec \"$@\" \"$(printf '\\377\\303\\251')\"");
    words.add("sh");
    words.addAll(launch.words());
    assertThat(launch.command(words).run().quiet().succeeded().stdout())
        .isEqualTo("a b||$x|'|\n|--help|\u00ff\u00c3\u00a9|");
  }

  @Test
  void environment_ofTheProgram_isTheUsersWithOneIdentity() throws Exception {
    Path place = scratch.directory();
    String[] old = {
      "AWS_PROFILE",
      "AWS_DEFAULT_PROFILE",
      "AWS_SESSION_TOKEN",
      "AWS_SECURITY_TOKEN",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_ROLE_ARN",
      "AWS_CONFIG_FILE",
      "AWS_SHARED_CREDENTIALS_FILE"
    };
    Launch launch = exec(place, "env", "-0");
    for (String name : old) {
      launch.env(name, "/canary-" + name);
    }
    launch
        .env("JAVA_TOOL_OPTIONS", "-Dmine=1")
        .env("JDK_JAVA_OPTIONS", "-Dmine=2")
        .env("LC_ALL", "C")
        .env("name", "mine")
        .env("java", "mine")
        .env("home", "mine")
        .env("odd", "\u00e9\n x");
    Map<String, String> variables = variables(launch);
    assertThat(variables.toString()).doesNotContain("canary").doesNotContain("ATMOS_LAUNCH");
    assertThat(variables)
        .doesNotContainKeys(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI")
        .containsEntry("JAVA_TOOL_OPTIONS", "-Dmine=1")
        .containsEntry("JDK_JAVA_OPTIONS", "-Dmine=2")
        .containsEntry("LC_ALL", "C")
        .containsEntry("name", "mine")
        .containsEntry("java", "mine")
        .containsEntry("home", "mine")
        .containsEntry(
            "odd",
            new String("\u00e9\n x".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
        .containsEntry("GREETING", "it's\na \"test\" of $HOME `id` \\")
        .containsEntry("AWS_PROFILE", "dev")
        .containsEntry("ATMOS_IDENTITY", "dev")
        .containsKeys("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE");
    assertThat(variables).as("LC_ALL is put back where it wasn't set").containsKey("LC_ALL");
    assertThat(variables(exec(scratch.directory(), "env", "-0"))).doesNotContainKey("LC_ALL");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "INT, 130", "KILL, 137"})
  void signal_thatEndsTheProgram_isTheEndOfAtmos(String signal, int code) throws Exception {
    assertThat(exec(scratch.directory(), "sh", "-c", "kill -" + signal + " $$").run().exit())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP", "INT", "USR1"})
  void signal_toAtmos_reachesTheProgramOnce(String signal) throws Exception {
    Path place = scratch.directory();
    Launch launch =
        exec(
            place,
            "sh",
            "-c",
            "trap 'echo got >>log' "
                + signal
                + "; : >ready; while [ ! -e stop ]; do sleep 0.05; done; exit 9");
    Launch.Running running = launch.start();
    Path here = launch.workingDirectory();
    await(here.resolve("ready"));
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(running.process().pid())).start();
    assertThat(kill.waitFor()).isZero();
    await(here.resolve("log"));
    Launch.write(here.resolve("stop"), "");
    assertThat(running.finish().quiet().exit()).isEqualTo(9);
    assertThat(here.resolve("log")).hasContent("got\n");
  }

  private static void await(Path file) throws Exception {
    long end = System.nanoTime() + Launch.SECONDS * 1_000_000_000L;
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as(file + " doesn't come").isLessThan(end);
      Thread.sleep(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"nosuch, 127", "./nosuch, 127", "./plain, 126", "./, 126"})
  void program_thatCantBeRun_endsAsInAShell(String program, int code) throws Exception {
    Launch launch = exec(scratch.directory(), program);
    Launch.write(launch.workingDirectory().resolve("plain"), "");
    assertThat(launch.run().failed(code)).contains("'" + program + "'");
  }

  @Test
  void program_beforeWhichOptionsStand_isRunInTheirDirectory() throws Exception {
    Path place = scratch.directory();
    Launch launch = exec(place, "pwd");
    Path other = Files.createDirectories(place.resolve("other dir"));
    Launch.write(other.resolve("atmos.yaml"), CONFIGURATION);
    List<String> words = new ArrayList<>(launch.words());
    words.addAll(1, List.of("--chdir", other.toString()));
    launch.env("ATMOS_TRUSTED_PATHS", other.toString());
    assertThat(launch.command(words).run().quiet().stdout()).isEqualTo(other + "\n");
  }

  @Test
  void workingDirectory_thatWasEnteredByALink_keepsItsName() throws Exception {
    Path place = scratch.directory();
    Launch launch = exec(place, "sh", "-c", "echo \"$PWD\"");
    Path link = Files.createSymbolicLink(place.resolve("link"), launch.workingDirectory());
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "cd \"$1\"; shift; exec \"$@\"", "sh"));
    words.add(link.toString());
    words.addAll(launch.words());
    assertThat(launch.command(words).run().quiet().stdout()).isEqualTo(link + "\n");
  }

  @Test
  void failure_beforeTheProgram_runsNothing() throws Exception {
    Launch launch = launch(scratch.directory(), "exec", "-i", "nobody", "--", "touch", "ran");
    assertThat(launch.run().failed(2)).startsWith("atmos: unknown identity 'nobody'");
    assertThat(launch.workingDirectory().resolve("ran")).doesNotExist();
  }

  @Test
  void help_ofExec_isTheAnswer() throws Exception {
    assertThat(launch(scratch.directory(), "exec", "--help").run().quiet().succeeded().stdout())
        .startsWith("Usage: atmos auth exec ")
        .endsWith("\n");
  }

  /** What a completion answers are names of the configuration, and these look like a hand-over. */
  @Test
  void answer_thatLooksLikeShell_isNotEvaluated() throws Exception {
    Launch launch =
        product.run(
            scratch.directory(),
            List.of("auth", "--profile", "exec", "__complete", "--", "login", ""));
    Path here = launch.workingDirectory();
    Launch.write(here.resolve("profiles/exec/atmos.yaml"), "");
    Launch.write(
        here.resolve("atmos.yaml"),
        "auth: {identities: {'#!atmos-handover': {kind: mock/aws}, touch ran: {kind: mock/aws}}}");
    assertThat(launch.run().quiet().succeeded().stdout())
        .startsWith("#!atmos-handover\ntouch ran\n");
    assertThat(here.resolve("ran")).doesNotExist();
  }

  @Test
  void descriptors_ofTheUser_reachTheProgram() throws Exception {
    Launch launch = exec(scratch.directory(), "sh", "-c", "cat <&3; cat <&4");
    List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 3<three 4<four", "sh"));
    words.addAll(launch.words());
    Launch.write(launch.workingDirectory().resolve("three"), "3\n");
    Launch.write(launch.workingDirectory().resolve("four"), "4\n");
    assertThat(launch.command(words).run().quiet().succeeded().stdout()).isEqualTo("3\n4\n");
  }

  @Test
  void interrupt_fromTheTerminal_reachesTheProgramOnce() throws Exception {
    Path place = scratch.directory();
    Launch launch =
        exec(
            place,
            "sh",
            "-c",
            "trap 'echo interrupted' INT; echo ready; read x; read y; echo \"read $y\"; exit 5");
    AtTerminal.Shown shown =
        AtTerminal.of(place, launch.env("TERM", "xterm"))
            .expect("ready")
            .type("\u0003")
            .expect("interrupted")
            .type("on\r")
            .type("and on\r")
            .run(launch.words());
    assertThat(shown.screen().split("interrupted", -1)).hasSize(2);
    assertThat(shown.exit()).isEqualTo(5);
  }

  @Test
  void shell_atATerminal_isOne() throws Exception {
    Path place = scratch.directory();
    Launch launch =
        launch(place, "shell", "--shell", Tools.program("bash").toString(), "--", "--norc")
            .env("TERM", "xterm")
            .env("PS1", "ready$ ");
    AtTerminal.Shown shown =
        AtTerminal.of(place, launch)
            .expect("ready$ ")
            .type("echo \"$ATMOS_IDENTITY-$ATMOS_SHLVL-$AWS_PROFILE\"; [ -t 0 ] && echo tty\r")
            .expect("dev-1-dev\r\ntty")
            .expect("ready$ ")
            .type("exit 3\r")
            .run(launch.words());
    assertThat(shown.exit()).isEqualTo(3);
  }

  @Test
  void shell_inAShell_isRefused() throws Exception {
    assertThat(launch(scratch.directory(), "shell").env("ATMOS_SHLVL", "1").run().failed(2))
        .contains("already");
  }

  // ---- the list to pick from

  @Test
  void identity_thatIsPickedAtATerminal_isUsed() throws Exception {
    Path place = scratch.directory();
    Launch launch =
        launch(place, "env", "--identity", "--format", "json")
            .env("TERM", "xterm")
            .env("STDOUT", place.resolve("out").toString());
    AtTerminal.Shown shown =
        AtTerminal.of(place, launch)
            .expect("> dev")
            .expect("Which identity? ")
            .type("ops")
            .expect("> ops eu")
            .type("\r")
            .run(launch.words());
    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen()).endsWith("Picked identity: ops eu\r\n");
    assertThat(place.resolve("out")).content().contains("\"AWS_PROFILE\": \"ops-eu-").isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0003", "\u001b", "\u0004"})
  void list_thatIsGivenUp_isAnInterrupt(String key) throws Exception {
    Path place = scratch.directory();
    Launch launch = launch(place, "env", "--identity").env("TERM", "xterm");
    AtTerminal.Shown shown =
        AtTerminal.of(place, launch).expect("Which identity? ").type(key).run(launch.words());
    assertThat(shown.exit()).isEqualTo(130);
    assertThat(shown.screen()).endsWith("atmos: no identity was picked\r\n");
  }

  @Test
  void list_atADumbTerminal_hasNumbers() throws Exception {
    Path place = scratch.directory();
    Launch launch =
        launch(place, "exec", "--identity", "--", "printenv", "ATMOS_IDENTITY").env("TERM", "dumb");
    AtTerminal.Shown shown =
        AtTerminal.of(place, launch).expect("  2  ops eu").type("2\r").run(launch.words());
    assertThat(shown.screen()).endsWith("ops eu\r\n").doesNotContain("\u001b");
    assertThat(shown.exit()).isZero();
  }
}
