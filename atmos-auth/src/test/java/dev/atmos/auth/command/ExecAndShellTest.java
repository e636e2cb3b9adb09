package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.session.FakeSessions;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.testing.FakeProcessControl.Attached;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecAndShellTest {

  private static CommandRun unix() {
    return CommandRun.unix()
        .live("dev")
        .live("base")
        .program("aws", "/bin/aws")
        .program("bash", "/bin/bash");
  }

  private static Attached attached(CommandRun run) {
    assertThat(run.context.processes().attached()).hasSize(1);
    return run.context.processes().attached().get(0);
  }

  @Test
  void exec_ofAProgram_givesItOneIdentity() {
    CommandRun run = unix().env("AWS_ACCESS_KEY_ID", "AKIDOTHER");
    run.integrations.kubeconfig("dev", "/k/dev");
    run.run(ExecCommand::new, "--", "aws", "s3", "-x", "--identity", "y");
    Attached attached = attached(run);
    assertThat(attached.words()).containsExactly("aws", "s3", "-x", "--identity", "y");
    assertThat(attached.variable("AWS_PROFILE")).isEqualTo("dev");
    assertThat(attached.variable("AWS_CONFIG_FILE")).startsWith("/home/dev/.local/state/");
    assertThat(attached.variable("ATMOS_IDENTITY")).isEqualTo("dev");
    assertThat(attached.variable("STAGE")).isEqualTo("dev's $stage");
    assertThat(attached.variable("KUBECONFIG")).isEqualTo("/k/dev");
    assertThat(attached.variables())
        .filteredOn(variable -> variable.value() == null)
        .extracting(variable -> variable.name())
        .contains("AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    assertThat(attached.variable("ATMOS_CONFIG")).isEqualTo("/project/atmos.yaml");
    assertThat(run.answered()).isEmpty();
  }

  // ---- integrations

  /** A run of exec over the state that the run before has left. */
  private static CommandRun again(CommandRun run) {
    return run.run(ExecCommand::new, "--", "aws");
  }

  @Test
  void exec_ofAnIdentityWithACluster_setsItUpOnce() {
    CommandRun run = unix();
    run.integrations.kubeconfig("dev", "/k/dev");
    assertThat(again(run).integrations.calls())
        .as("nobody has signed in at a terminal")
        .containsExactly("set up dev");
    assertThat(run.said()).isEqualTo("EKS kubeconfig: dev\nuse it: kubectl config\n");
    assertThat(again(again(run)).integrations.calls()).hasSize(1);
    run.run(ShellCommand::new, "--", "-c", "x");
    assertThat(run.integrations.calls()).hasSize(1);
  }

  @Test
  void exec_afterASetUpThatFailed_doesNotRepeatItUntilTheNextLogin() {
    CommandRun run = unix();
    run.integrations.kubeconfig("dev", "/k/dev").broken();
    assertThat(again(run).exitCode).isZero();
    assertThat(run.said()).startsWith("atmos: warning: integration 'dev/eks' is not set up");
    assertThat(again(run).integrations.calls()).hasSize(1);
    run.run(LoginCommand::new);
    assertThat(run.integrations.calls()).hasSize(2);
    assertThat(again(run).integrations.calls()).as("the login has a receipt too").hasSize(2);
  }

  @Test
  void exec_afterALogout_setsUpAgain() {
    CommandRun run = unix();
    run.integrations.kubeconfig("dev", "/k/dev");
    again(run).run(LogoutCommand::new, "dev");
    assertThat(again(run).integrations.calls())
        .containsExactly("set up dev", "removed dev", "set up dev");
  }

  @Test
  void exec_ofAnIntegrationThatIsNew_setsItUp() {
    CommandRun run = unix();
    run.integrations.kubeconfig("dev", "/k/dev");
    again(run).integrations.named("eks/new");
    assertThat(again(run).integrations.calls()).hasSize(2);
  }

  @Test
  void exec_withoutAHome_setsUpEveryTime() {
    CommandRun run = unix();
    run.context.directories().withoutHome();
    run.integrations.kubeconfig("dev", "/k/dev");
    assertThat(again(again(run)).integrations.calls()).hasSize(2);
  }

  // ---- programs

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 130, 255})
  void exec_endsWithWhatItsProgramEndsWith(int code) {
    CommandRun run = unix();
    run.context.processes().attachedExits(code);
    assertThat(run.run(ExecCommand::new, "--", "aws").exitCode).isEqualTo(code);
  }

  @Test
  void exec_withoutDashes_takesTheRestForTheProgram() {
    CommandRun run = unix().run(ExecCommand::new, "-i", "d", "aws", "-i", "x", "--", "y");
    assertThat(attached(run).words()).containsExactly("aws", "-i", "x", "--", "y");
  }

  @Test
  void exec_ofAnIdentityWithoutDashes_saysHowToTypeIt() {
    CommandRun run = unix().run(ExecCommand::new, "base", "aws", "-x");
    assertThat(run.exitCode).isEqualTo(127);
    assertThat(run.said())
        .isEqualTo(
            """
            atmos: the program 'base' was not found
            It is an identity: atmos auth exec NAME -- COMMAND
            """);
  }

  @Test
  void exec_withOneWordBeforeTheDashes_takesItForTheIdentity() {
    Attached attached = attached(unix().run(ExecCommand::new, "Base", "--", "aws", "-x"));
    assertThat(attached.words()).containsExactly("aws", "-x");
    assertThat(attached.variable("ATMOS_IDENTITY")).isEqualTo("base");
    assertThat(unix().failure(ExecCommand::new, "zzz", "--", "aws"))
        .startsWith("USAGE unknown identity 'zzz'");
    for (List<String> words : List.of(List.of("-i", "dev"), List.of("--"))) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("aws", "--", "-x"));
      assertThat(attached(unix().run(ExecCommand::new, all.toArray(String[]::new))).words())
          .containsExactly("aws", "--", "-x");
    }
  }

  @Test
  void exec_asIdentityFalse_leavesTheEnvironment() {
    assertThat(attached(unix().run(ExecCommand::new, "-i", "false", "--", "aws")).variables())
        .isEmpty();
    assertThat(unix().failure(ShellCommand::new, "-i", "false"))
        .startsWith("USAGE --identity turns identities off, and this command needs one");
  }

  @Test
  void shell_withAWord_isOfThatIdentity() {
    assertThat(attached(unix().run(ShellCommand::new, "base")).variable("ATMOS_IDENTITY"))
        .isEqualTo("base");
    Attached attached = attached(unix().run(ShellCommand::new, "base", "--", "-c", "x"));
    assertThat(attached.words()).containsExactly("bash", "-c", "x");
    assertThat(attached.variable("ATMOS_IDENTITY")).isEqualTo("base");
  }

  @ParameterizedTest
  @CsvSource({"nosuch, 127", "./nosuch, 127", "-x, 127", "'', 127", "/etc/plain, 126"})
  void exec_ofWhatCantBeRun_endsAsInAShell(String program, int code) {
    CommandRun run = unix();
    run.context.directories().write("/etc/plain", "");
    run.run(ExecCommand::new, "--", program);
    assertThat(run.exitCode).isEqualTo(code);
    assertThat(run.said()).startsWith("atmos: ").contains("'" + program + "'").hasLineCount(1);
  }

  @Test
  void execAndShell_workInTheRegionOfTheUser() {
    CommandRun run = unix().env("AWS_REGION", "us-west-2").run(ExecCommand::new, "--", "aws");
    assertThat(attached(run).variable("AWS_REGION")).isEqualTo("us-west-2");
    run = unix().env("AWS_REGION", "us-west-2").run(ShellCommand::new, "--region", "eu-west-3");
    assertThat(attached(run).variable("AWS_REGION")).isEqualTo("eu-west-3");
    run = unix().run(ExecCommand::new, "--region=eu-west-3", "--static", "--", "aws");
    assertThat(attached(run).variable("AWS_REGION")).isEqualTo("eu-west-3");
    assertThat(attached(run).variable("ATMOS_SET_REGION")).isEqualTo("eu-west-3");
    assertThat(unix().failure(ExecCommand::new, "--region", "mars", "--", "aws"))
        .isEqualTo("USAGE --region 'mars' is not an AWS region | a region looks like us-east-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void execAndShell_atATerminal_sayWhichRegionIsNotUsed(boolean terminal) {
    CommandRun exec = unix().live("ops/eu west").env("AWS_REGION", "us-west-2");
    CommandRun shell = unix();
    if (terminal) {
      exec.watched();
      shell.watched();
    }
    exec.run(ExecCommand::new, "-i", "ops/eu west", "--", "aws");
    shell.run(ShellCommand::new, "--", "-c", "aws s3 ls");
    assertThat(exec.said())
        .isEqualTo(
            terminal
                ? "atmos: AWS_REGION 'us-west-2' is not used: identity 'ops/eu west' works in"
                    + " eu-west-1; choose another by --region\n"
                : "");
    assertThat(shell.said()).startsWith(terminal ? "atmos: the region is us-east-1, that of" : "");
  }

  @Test
  void exec_static_givesTheKeys() {
    Attached attached = attached(unix().run(ExecCommand::new, "--static", "--", "aws"));
    assertThat(attached.variable("AWS_SECRET_ACCESS_KEY")).isEqualTo(FakeSessions.SECRET);
    assertThat(attached.variable("AWS_PROFILE")).isNull();
    assertThat(String.join(" ", attached.words())).doesNotContain("canary");
    assertThat(attached.toString()).doesNotContain("canary");
  }

  @Test
  void exec_onTopOfKeysInTheEnvironment_givesKeys() {
    CommandRun run = unix().env("AWS_ACCESS_KEY_ID", "AKIDOTHER");
    Attached attached = attached(run.run(ExecCommand::new, "-i", "base", "--", "aws"));
    assertThat(attached.variable("AWS_ACCESS_KEY_ID")).isEqualTo("ASIAEXAMPLE");
  }

  @Test
  void exec_asTheAmbientIdentity_leavesItsCredentialsAlone() {
    Attached attached =
        attached(unix().live("here").run(ExecCommand::new, "-i", "here", "--", "aws"));
    assertThat(attached.variables())
        .extracting(variable -> variable.name())
        .containsExactly("ATMOS_CONFIG", "ATMOS_IDENTITY", "ATMOS_PROFILE");
  }

  @Test
  void exec_whereIdentitiesAreTurnedOff_leavesTheEnvironment() {
    Attached attached =
        attached(unix().env("ATMOS_IDENTITY", "false").run(ExecCommand::new, "--", "aws"));
    assertThat(attached.variables()).isEmpty();
  }

  @Test
  void exec_withoutAHome_givesKeys() {
    CommandRun run = unix();
    run.context.directories().withoutHome();
    assertThat(attached(run.run(ExecCommand::new, "--", "aws")).variable("AWS_SESSION_TOKEN"))
        .isEqualTo(FakeSessions.TOKEN);
  }

  @Test
  void exec_atATerminal_signsInFirst() {
    CommandRun run = CommandRun.unix().watched().program("aws", "/bin/aws");
    run.run(ExecCommand::new, "--", "aws");
    assertThat(run.sessions.calls()).containsExactly("signIn dev");
    assertThat(run.integrations.calls()).containsExactly("set up dev");
    assertThat(attached(run).words()).containsExactly("aws");
  }

  @Test
  void exec_withoutATerminal_saysWhatToType() {
    CommandRun run = CommandRun.unix().program("aws", "/bin/aws");
    assertThat(run.failure(ExecCommand::new, "--", "aws"))
        .isEqualTo("SIGN_IN_REQUIRED identity 'dev' needs a sign-in | run: atmos auth login dev");
    assertThat(run.context.processes().attached()).isEmpty();
  }

  @Test
  void failures_ofExec_sayWhatToType() {
    Map<List<String>, String> cases =
        Map.of(
            List.of(),
            "USAGE the command to run is missing | type it after two dashes: atmos auth exec --"
                + " COMMAND",
            List.of("--"),
            "USAGE the command to run is missing | type it after two dashes: atmos auth exec --"
                + " COMMAND",
            List.of("-i", "nobody", "--", "aws"),
            "USAGE unknown identity 'nobody' | configured: dev, ops/eu west, here, base",
            List.of("--identity", "--", "aws"),
            "USAGE picking the identity from a list needs a terminal | name one: --identity NAME");
    cases.forEach((words, failure) ->
        assertThat(unix().failure(ExecCommand::new, words.toArray(String[]::new)))
            .isEqualTo(failure));
    assertThat(CommandRun.overNothing().failure(ExecCommand::new, "--", "aws"))
        .startsWith("USAGE no identities are configured");
  }

  // ---- shell

  @Test
  void shell_withoutWords_isTheUsersOwn() {
    CommandRun run = unix().env("SHELL", "/bin/bash");
    run.context.directories().write("/bin/bash", "");
    run.run(ShellCommand::new);
    Attached attached = attached(run);
    assertThat(attached.words()).containsExactly("/bin/bash");
    assertThat(attached.variable("ATMOS_IDENTITY")).isEqualTo("dev");
    assertThat(attached.variable("ATMOS_SHLVL")).isEqualTo("1");
    assertThat(attached.variable("AWS_PROFILE")).isEqualTo("dev");
    assertThat(run.said()).isEqualTo("atmos: a shell of identity 'dev'; exit leaves it\n");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -, -, bash", "-, -, aws, aws", "-, aws, bash, aws", "aws, bash, bash, aws"})
  void shell_isTheOneThatIsChosen(String option, String variable, String usual, String shell) {
    CommandRun run = unix();
    if (variable != null) {
      run.env("ATMOS_SHELL", variable);
    }
    if (usual != null) {
      run.env("SHELL", usual);
    }
    run.run(ShellCommand::new, option == null ? new String[0] : new String[] {"--shell", option});
    assertThat(attached(run).words()).containsExactly(shell);
  }

  @Test
  void shell_withArguments_saysNothing() {
    CommandRun run = unix().run(ShellCommand::new, "--", "-c", "aws s3 ls");
    assertThat(attached(run).words()).containsExactly("bash", "-c", "aws s3 ls");
    assertThat(run.said()).isEmpty();
  }

  @Test
  void shell_inAShell_isRefusedUnlessForced() {
    CommandRun run = unix().env("ATMOS_SHLVL", "1").env("ATMOS_IDENTITY", "dev");
    assertThat(run.failure(ShellCommand::new))
        .isEqualTo(
            "USAGE this is a shell of identity 'dev' already | leave it by exit, or start one"
                + " inside of it by --force");
    assertThat(attached(run.run(ShellCommand::new, "--force")).variable("ATMOS_SHLVL"))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "x", "-3"})
  void shell_whoseLevelIsNone_isTheFirst(String level) {
    CommandRun run = unix().env("ATMOS_SHLVL", level).run(ShellCommand::new);
    assertThat(attached(run).variable("ATMOS_SHLVL")).isEqualTo("1");
  }

  @Test
  void shell_withAnotherWordBeforeTheDashes_saysWhereItBelongs() {
    assertThat(unix().failure(ShellCommand::new, "dev", "zsh"))
        .isEqualTo(
            "USAGE atmos auth shell takes no word 'zsh' | a shell is chosen by --shell PROGRAM,"
                + " and its arguments stand after two dashes");
    assertThat(unix().failure(ShellCommand::new, "--shell", ""))
        .isEqualTo("USAGE --shell is empty | name one: --shell PROGRAM");
  }

  @Test
  void shell_onWindows_isItsCommandPrompt() {
    CommandRun run = CommandRun.windows().live("dev").program("cmd.exe", "C:\\w\\cmd.exe");
    assertThat(attached(run.run(ShellCommand::new)).words()).containsExactly("cmd.exe");
  }

  // ---- --each

  private static CommandRun each() {
    CommandRun run = CommandRun.unix().live("dev").live("ops/eu west").live("here");
    run.context
        .processes()
        .program(
            "tool",
            run.path("/bin/tool"),
            program -> {
              Attached as = new Attached(program.words(), null, program.variables());
              String name = String.valueOf(as.variable("ATMOS_IDENTITY"));
              return Processes.Outcome.of(
                  name.equals("dev") ? 0 : 3, Secret.of("I am " + name + "\nbye\n"));
            });
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--each --tags prod", "--each=d,OPS/EU_WEST", "--each d,OPS/EU_WEST"})
  void exec_asEach_marksTheLinesAndEndsWithTheWorstCode(String words) {
    List<String> all = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      all.add(word.replace('_', ' '));
    }
    all.addAll(List.of("--", "tool", "x"));
    CommandRun run = each().run(ExecCommand::new, all.toArray(String[]::new));
    assertThat(run.answered())
        .isEqualTo(
            """
            dev         | I am dev
            dev         | bye
            ops/eu west | I am ops/eu west
            ops/eu west | bye
            """);
    assertThat(run.said())
        .isEqualTo(
            """
            Done for 1 of 2 identities:
              dev          done
              ops/eu west  exit code 3
            """);
    assertThat(run.exitCode).isEqualTo(3);
  }

  @Test
  void exec_asEachOfWhichOneNeedsASignIn_runsTheOthers() {
    CommandRun run = each().run(ExecCommand::new, "--each=dev,base", "--", "tool");
    assertThat(run.answered()).contains("dev  | bye\n").doesNotContain("base");
    assertThat(run.said())
        .contains(
            "base  not run: identity 'base' needs a sign-in; run: atmos auth login base\n",
            "Done for 1 of 2");
    assertThat(run.exitCode).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--each -- tool | --each names no identity",
        "--each=dev --tags prod -- tool | --each has names, and --tags is given",
        "--each=nobody -- tool | unknown identity 'nobody'",
        "--each --tags none -- tool | no identity has the tag none",
        "--each=dev -i dev -- tool | an identity and --each don't go together",
        "--each=dev --parallel 0 -- tool | --parallel must be a number from 1 to 99",
        "--tags prod -- tool | --tags and --parallel go with --each",
      })
  void exec_asEachWithWrongWords_isRefused(String words, String failure) {
    assertThat(each().failure(ExecCommand::new, words.split(" ", -1)))
        .startsWith("USAGE " + failure);
  }
}
