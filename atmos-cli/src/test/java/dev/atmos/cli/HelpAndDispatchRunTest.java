package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help at every level, and words and options that are none. */
final class HelpAndDispatchRunTest {
  private static final String ROOT =
      """
      Usage: atmos <command> [options]

      Sign in once; kubectl, terraform and the rest work all day.

      Commands:
        auth           Sign in, and choose who to be
        aws            Work with AWS
        completion     Make bash, zsh, fish or PowerShell complete what you type
        config         Show, explain and trust the configuration
        startup-cache  Rebuild the start-up caches, where atmos is unpacked
        version        Show the version, and whether the start-up cache is in use

      Global options:
            --config FILE       Read this atmos.yaml instead of searching for one.
            --config-path DIR   Read the atmos.yaml of this directory instead.
            --base-path DIR     Resolve relative imports from this directory.
        -C, --chdir DIR         Change to this directory before anything else.
            --profile NAME      Merge this profile over the configuration.
            --logs-level LEVEL  Trace, Debug, Info, Warning, Error or Off.
        -h, --help              Show this help.
            --version           Show the version.

      More: atmos <command> --help
      """;

  private static final String EKS =
      """
      Usage: atmos aws eks <command> [options]

      Work with Amazon EKS clusters

      Commands:
        clusters            List the EKS clusters of the kubeconfig, and who they are used as
        convert-kubeconfig  Have kubeconfig entries of other programs run atmos
        doctor              Find out why a cluster can't be used, and what helps
        token               Print a token for an EKS cluster; kubectl runs this
        update-kubeconfig   Make kubectl work with EKS clusters

      Global options:
            --config FILE       Read this atmos.yaml instead of searching for one.
            --config-path DIR   Read the atmos.yaml of this directory instead.
            --base-path DIR     Resolve relative imports from this directory.
        -C, --chdir DIR         Change to this directory before anything else.
            --profile NAME      Merge this profile over the configuration.
            --logs-level LEVEL  Trace, Debug, Info, Warning, Error or Off.
        -h, --help              Show this help.

      More: atmos aws eks <command> --help
      """;

  private static String[] words(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--help", "-h", "help", "help help", "--config my.yaml", "--help --help"})
  void root_asked_showsEveryCommand(String line) {
    for (View view : View.values()) {
      assertThat(view.atmos().run(words(line)).answer()).isEqualTo(ROOT);
    }
  }

  /** Only examples may be longer: a terminal folds them, and they work when they are pasted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "auth",
        "aws eks",
        "auth env",
        "auth exec",
        "auth login",
        "aws eks clusters",
        "aws eks doctor",
        "aws eks token",
        "aws eks update-kubeconfig",
        "config trust",
        "completion",
        "version"
      })
  void help_inANarrowTerminal_hasNoLongerLines(String command) {
    String[] words = words((command + " --help").strip());
    String wide = AtmosRun.unix().run(words).answer();
    for (int columns : new int[] {40, 57}) {
      String narrow = AtmosRun.unix().env("COLUMNS", "" + columns).run(words).answer();
      assertThat(narrow.lines())
          .filteredOn(line -> line.length() > columns)
          .allMatch(line -> line.matches("  \\S.*"));
      assertThat(narrow.replaceAll("\\s+", " ")).isEqualTo(wide.replaceAll("\\s+", " "));
    }
    assertThat(AtmosRun.unix().env("COLUMNS", "7").run(words).answer())
        .isEqualTo(AtmosRun.unix().env("COLUMNS", "40").run(words).answer());
    for (String columns : new String[] {"200", "80", "", "x", "-1", "99999999999"}) {
      assertThat(AtmosRun.unix().env("COLUMNS", columns).run(words).answer()).isEqualTo(wide);
    }
  }

  @Test
  void group_inANarrowTerminal_hasItsTextsBelowItsNames() {
    assertThat(AtmosRun.unix().env("COLUMNS", "40").run("aws", "eks", "--help").answer())
        .startsWith(
            """
            Usage: atmos aws eks <command> [options]

            Work with Amazon EKS clusters

            Commands:
              clusters
                    List the EKS clusters of the
                    kubeconfig, and who they are
                    used as
              convert-kubeconfig
                    Have kubeconfig entries of other
                    programs run atmos
              doctor
                    Find out why a cluster can't be
                    used, and what helps
              token
                    Print a token for an EKS
                    cluster; kubectl runs this
              update-kubeconfig
                    Make kubectl work with EKS
                    clusters

            Global options:
                  --config FILE
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws eks",
        "aws eks --help",
        "aws eks -h",
        "aws --help eks",
        "--help aws eks",
        "help aws eks",
        "--logs-level=Info aws --config x eks"
      })
  void group_asked_showsItsCommands(String line) {
    for (View view : View.values()) {
      assertThat(view.atmos().run(words(line)).answer()).isEqualTo(EKS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void groupOfGroups_asked_showsThem(View view) {
    assertThat(view.atmos().run("aws", "--help").answer())
        .startsWith("Usage: atmos aws <command> [options]\n\nWork with AWS\n")
        .contains("\n  eks       Work with Amazon EKS clusters\n")
        .doesNotContain("--version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws eks token --help",
        "aws eks token -h",
        "aws eks --help token",
        "help aws eks token",
        "--help aws eks token --help",
        "aws eks token -h --help",
        "aws eks token --cluster-name demo --help",
        "--config nowhere.yaml aws eks token --help"
      })
  void command_asked_showsItsOptionsAndReadsNothing(String line) {
    for (View view : View.values()) {
      AtmosRun atmos = view.atmos().file("atmos.yaml", "broken: [");
      assertThat(atmos.run(words(line)).answer())
          .startsWith("Usage: atmos aws eks token --cluster-name <name> --region <region>")
          .contains("--cluster-name=<name>", "-i, --identity=<name>")
          .contains("--config=FILE", "--logs-level=LEVEL", "-h, --help");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"completion", "version", "startup-cache"})
  void ownCommand_asked_showsItsHelp(String command) {
    assertThat(AtmosRun.unix().run(command, "--help").answer())
        .startsWith("Usage: atmos " + command)
        .contains("-h, --help");
  }

  @Test
  void help_withWhatFollowsIsBroken_looksAtNoConfiguration() {
    assertThat(AtmosRun.unix().file("atmos.yaml", "broken: [").run("--help").answer())
        .isEqualTo(ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "asw | 'asw' is not a command of atmos; did you mean: atmos aws",
        "VERSION | 'VERSION' is not a command of atmos; did you mean: atmos version",
        "aws eks tokne | 'tokne' is not a command of atmos aws eks; did you mean: atmos aws eks"
            + " token",
        "aws eks Token | 'Token' is not a command of atmos aws eks; did you mean: atmos aws eks"
            + " token",
        "aws esk token | 'esk' is not a command of atmos aws; did you mean: atmos aws eks",
        "kubernetes | 'kubernetes' is not a command of atmos; see atmos --help",
        "aws kubernetes | 'kubernetes' is not a command of atmos aws; see atmos aws --help",
        "help tokne | 'tokne' is not a command of atmos; see atmos --help",
        "@file | '@file' is not a command of atmos; see atmos --help",
        "versoin --help | 'versoin' is not a command of atmos; did you mean: atmos version",
      })
  void word_thatIsNoCommand_isToldWithTheNearest(String line, String told) {
    for (View view : View.values()) {
      view.atmos().file("file", "version").run(words(line)).failed(2, told);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hepl | unknown option '--hepl'; did you mean --help",
        "--confg x version | unknown option '--confg'; did you mean --config",
        "aws --log-level=Info eks | unknown option '--log-level'; did you mean --logs-level",
        "aws eks --region us-east-2 token | unknown option '--region'; see atmos aws eks --help",
        "aws --version | unknown option '--version'; see atmos aws --help",
        "--versoin | unknown option '--versoin'; did you mean --version",
        "-v | unknown option '-v'; see atmos --help",
        "- | unknown option '-'; see atmos --help",
        "-- version | unknown option '--'; see atmos --help",
        "--config | --config needs a value",
        "aws --logs-level | --logs-level needs a value",
        "version --outptu json | unknown option '--outptu'; did you mean --output",
        "version -x | unknown option '-x'; see atmos version --help",
        "version now | atmos version takes no word 'now'; see atmos version --help",
        "version @file | atmos version takes no word '@file'; see atmos version --help",
        "version --config | --config needs a value: --config FILE; see atmos version --help",
        "startup-cache now | atmos startup-cache takes no word 'now'; see atmos startup-cache"
            + " --help",
        "--version now | atmos version takes no word 'now'; see atmos version --help",
        "version --logs-level loud | --logs-level must be Trace, Debug, Info, Warning, Error or"
            + " Off",
      })
  void option_thatIsNone_isToldWithTheNearest(String line, String told) {
    for (View view : View.values()) {
      view.atmos().file("file", "--help").run(words(line)).failed(2, told);
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyWord_whereACommandIsExpected_isNoCommand(View view) {
    view.atmos().run("").failed(2, "'' is not a command of atmos; see atmos --help");
    view.atmos().run("", "version").failed(2, "'' is not a command of atmos; see atmos --help");
    view.atmos().run("aws", "").failed(2, "'' is not a command of atmos aws; see atmos aws --help");
    view.atmos()
        .run("version", "")
        .failed(2, "atmos version takes no word ''; see atmos version --help");
  }

  @ParameterizedTest
  @EnumSource
  void wordWithABlank_whereACommandIsExpected_isNoCommand(View view) {
    view.atmos()
        .run("aws eks token")
        .failed(2, "'aws eks token' is not a command of atmos; see atmos --help");
    view.atmos().run("aws eks").failed(2, "'aws eks' is not a command of atmos; see atmos --help");
    view.atmos().run("aws", "eks token").failedSaying(2, "'eks token' is not a command of");
  }

  @Test
  void word_thatWouldSteerATerminal_isShownWithoutThat() {
    AtmosRun.unix()
        .run("a\u001b[2J\nb")
        .failed(2, "'a?[2J?b' is not a command of atmos; see atmos --help");
    AtmosRun.unix().run("x".repeat(100_000)).failedSaying(2, "'" + "x".repeat(100) + "...'");
    AtmosRun.unix()
        .run("ab\u202edc")
        .failed(2, "'ab?dc' is not a command of atmos; see atmos --help");
    AtmosRun.unix().run("--\u009b31m").failedSaying(2, "unknown option '--?31m'");
  }

  @Test
  void help_ofACommand_hasItsOwnOptionsBeforeThoseOfAllCommands() {
    String help = AtmosRun.unix().run("aws", "eks", "token", "--help").answer();
    int global = help.indexOf("\n\nGlobal options:\n");
    assertThat(global).isPositive();
    assertThat(help.substring(0, global)).contains("--cluster-name", "--region");
    assertThat(help.substring(0, global)).doesNotContain("--config", "--help");
    assertThat(help.substring(global)).contains("--config=FILE", "-C, --chdir=DIR", "-h, --help");
  }
}
