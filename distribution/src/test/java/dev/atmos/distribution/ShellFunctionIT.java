package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function of {@code atmos auth shell-init} in real shells. */
class ShellFunctionIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names that would do something where they aren't quoted. */
  private static final List<String> HOSTILE =
      List.of(
          "x'; touch pwned; '",
          "$(touch pwned)",
          "`touch pwned`",
          "\"; touch pwned; \"",
          "a & touch pwned",
          "$HOME",
          "back\\slash\\",
          "*",
          "two  words");

  private static final String SHOW = "sh -c 'echo \"$AWS_PROFILE,$STAGE,$ONLY\"'";

  private Launch launch() throws Exception {
    Launch launch = product.run(scratch.directory());
    StringBuilder yaml = new StringBuilder("auth:\n  identities:\n");
    yaml.append("    dev: {kind: mock/aws, env: {STAGE: d, ONLY: dev}}\n");
    yaml.append("    ops: {kind: mock/aws, env: {STAGE: \"o's $x\"}}\n");
    for (int i = 0; i < HOSTILE.size(); i++) {
      yaml.append("    ")
          .append(JSON.writeValueAsString(HOSTILE.get(i)))
          .append(": {kind: mock/aws, env: {STAGE: \"" + i + "\"}}\n");
    }
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), yaml.toString());
    return launch
        .env("LC_ALL", "C.UTF-8")
        .env("ATMOS_TRUSTED_PATHS", launch.workingDirectory().toString());
  }

  private static List<String> command(String shell, String script, List<String> arguments) {
    boolean fish = shell.equals("fish");
    String init =
        fish
            ? "$argv[1] auth shell-init fish | source\n"
            : "eval \"$(\"$1\" auth shell-init " + shell + ")\"\n";
    List<String> command =
        new ArrayList<>(List.of(Tools.program(shell).toString(), "-c", init + script));
    if (!fish) {
      command.add("sh");
    }
    command.add(product.launcher().toString());
    command.addAll(arguments);
    return command;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void function_makesTheShellAnIdentity_andLeavesIt(String shell) throws Exception {
    String failed = shell.equals("fish") ? "echo failed $status" : "echo failed $?";
    String script =
        String.join(
            "\n",
            "assume dev; " + SHOW,
            // What only dev has is gone.
            "assume ops; " + SHOW,
            "assume nobody; " + failed,
            SHOW,
            "assume -; " + SHOW,
            "assume dev --static; " + "sh -c 'echo \"$AWS_ACCESS_KEY_ID\"'",
            "assume --unset; " + "sh -c 'echo \"$AWS_ACCESS_KEY_ID$STAGE\"'");

    Outcome outcome = launch().command(command(shell, script, List.of())).run().succeeded();

    assertThat(outcome.stdout().lines())
        .containsExactly(
            "dev,d,dev", "ops,o's $x,", "failed 2", "ops,o's $x,", ",,", "MOCK_ACCESS_KEY_ID", "");
    assertThat(outcome.stderr().lines())
        .singleElement()
        .asString()
        .startsWith("atmos: unknown identity 'nobody'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void name_thatIsHostile_isAName(String shell) throws Exception {
    boolean fish = shell.equals("fish");
    String script =
        fish
            ? "for name in $argv[2..]; assume $name; sh -c 'echo \"$STAGE\"'; end; assume -"
            : "shift; for name; do assume \"$name\"; sh -c 'echo \"$STAGE\"'; done; assume -";
    Launch launch = launch();

    Outcome outcome = launch.command(command(shell, script, HOSTILE)).run().quiet().succeeded();

    assertThat(outcome.stdout().lines())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    Path here = launch.workingDirectory();
    assertThat(Files.exists(here.resolve("pwned"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void function_hasAnotherName_whereThatIsWanted(String shell) throws Exception {
    Launch launch = launch();
    String init =
        shell.equals("fish")
            ? "$argv[1] auth shell-init fish --name as | source; as dev; "
            : "alias as=false; eval \"$(\"$1\" auth shell-init "
                + shell
                + " --name as)\"\nset -u; as dev; ";

    Outcome outcome =
        launch.command(command(shell, init + SHOW, List.of())).run().quiet().succeeded();

    assertThat(outcome.stdout()).isEqualTo("dev,d,dev\n");
  }
}
