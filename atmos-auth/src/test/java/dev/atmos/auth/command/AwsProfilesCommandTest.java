package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsProfilesCommandTest {
  private static final String CONFIG = "/home/dev/.aws/config";

  private static final String OURS =
      """
      [profile dev]
      credential_process = env 'ATMOS_CONFIG=/project/atmos.yaml' 'ATMOS_PROFILE=' \
      '/opt/my tools/atmos' auth credential-process --identity dev
      region = us-east-1
      [profile ops-eu-west-d72cb5b5]
      credential_process = env 'ATMOS_CONFIG=/project/atmos.yaml' 'ATMOS_PROFILE=' \
      '/opt/my tools/atmos' auth credential-process --identity 'ops/eu west'
      region = eu-west-1
      """;

  private static final String ANOTHER = "auth: {identities: {dev: {kind: aws/user}}}";

  private static final String OURS_BEGINS =
      "# >>> atmos aws profiles 01234567 >>>\n# <<< atmos aws profiles 01234567 <<<\n";

  private static CommandRun over(String config) {
    CommandRun run = CommandRun.unix();
    run.context.directories().write(CONFIG, config);
    return run;
  }

  private static CommandRun write(CommandRun run, String... more) {
    String[] words = new String[more.length + 1];
    words[0] = "--write";
    System.arraycopy(more, 0, words, 1, more.length);
    return run.run(AwsProfilesCommand::new, words);
  }

  /** A run over another configuration, with the file as the run before has left it. */
  private static CommandRun later(CommandRun before, String yaml) {
    CommandRun run = CommandRun.over(yaml);
    run.context.directories().write(CONFIG, before.content(CONFIG));
    return run;
  }

  @Test
  void profiles_byDefault_arePrintedAndNotWritten() {
    CommandRun run = CommandRun.unix().env("AWS_REGION", "us-west-2").run(AwsProfilesCommand::new);
    assertThat(run.answered()).as("whatever the shell's region").isEqualTo(OURS);
    assertThat(run.said())
        .contains("atmos: left out: 'base' starts from what the environment offers");
    assertThat(Files.exists(run.path(CONFIG))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# mine\n[default]\nregion=eu-west-3\n",
        "[profile mine]\n  region = x ; no end",
        "[profile mine]\r\nregion = eu-west-3\r\n",
        "[profile \u00fc]\nregion = eu-west-3\n\n\n",
      })
  void profiles_writtenAndRemoved_leaveTheFileAsItWas(String before) {
    CommandRun run = write(over(before));
    String written = run.content(CONFIG);
    assertThat(written).startsWith(before);
    assertThat(written.substring(before.length()).replace("\r", "").stripLeading())
        .matches("# >>> atmos aws profiles [0-9a-f]{8} >>>\n(#.*\n)+(?s:.*)# <<< .* <<<\n")
        .contains(OURS);
    assertThat(before.contains("\r") && written.matches("(?s).*[^\r]\n.*")).isFalse();
    assertThat(write(run).content(CONFIG)).as("written again").isEqualTo(written);
    run.run(AwsProfilesCommand::new, "--remove");
    assertThat(run.content(CONFIG)).isEqualTo(before);
    assertThat(run.run(AwsProfilesCommand::new, "--remove").said()).endsWith("nothing to remove\n");
  }

  @Test
  void file_thatAtmosMade_goesWithTheLastProfiles() {
    CommandRun run = write(CommandRun.unix());
    CommandRun other = later(run, ANOTHER);
    other.context.withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/other.yaml"));
    CommandRun both = later(write(other), CommandRun.TWO);
    both.run(AwsProfilesCommand::new, "--remove");
    CommandRun last = later(both, ANOTHER);
    last.context.withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/other.yaml"));
    assertThat(write(last).content(CONFIG)).contains("# atmos made this file.\n");
    last.run(AwsProfilesCommand::new, "--remove");
    assertThat(Files.exists(last.path(CONFIG))).isFalse();

    CommandRun pruned = write(later(run, "auth: {}"), "--prune");
    assertThat(Files.exists(pruned.path(CONFIG))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[profile mine]\n  region = x ; no end", "[mine]\r\nregion = x", "#\n"})
  void profiles_ofTwoConfigurations_leaveTheFileAsItWas(String before) {
    for (boolean firstGoesFirst : new boolean[] {true, false}) {
      CommandRun one = write(over(before));
      CommandRun two = later(one, ANOTHER);
      two.context.withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/other.yaml"));
      CommandRun first = firstGoesFirst ? later(write(two), CommandRun.TWO) : write(two);
      first.run(AwsProfilesCommand::new, "--remove");
      CommandRun second = later(first, firstGoesFirst ? ANOTHER : CommandRun.TWO);
      if (firstGoesFirst) {
        second.context.withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/other.yaml"));
      }
      second.run(AwsProfilesCommand::new, "--remove");
      assertThat(second.content(CONFIG)).isEqualTo(before);
    }
  }

  @Test
  void profiles_amongLinesThatCameLater_areReplacedInTheirPlace() {
    CommandRun run = write(over("[profile one]\n"));
    String later = run.content(CONFIG) + "[profile two]\nregion = eu-west-3\n";
    run.context.directories().write(CONFIG, later.replace("us-east-1", "us-east-9"));
    assertThat(write(run).content(CONFIG)).isEqualTo(later);
    assertThat(run.run(AwsProfilesCommand::new, "--remove").content(CONFIG))
        .isEqualTo("[profile one]\n[profile two]\nregion = eu-west-3\n");
  }

  @Test
  void profiles_inTheFileThatAVariableNames_areWrittenThere() {
    CommandRun run = write(CommandRun.unix().env("AWS_CONFIG_FILE", "/elsewhere/new/config"));
    assertThat(run.content("/elsewhere/new/config")).contains(OURS);
    assertThat(run.said())
        .endsWith("AWS profiles: dev, ops-eu-west-d72cb5b5 → /elsewhere/new/config\n");
    assertThat(Files.exists(run.path(CONFIG))).isFalse();
  }

  @Test
  void profile_calledLikeOneOfTheUsers_isCalledOtherwise() {
    CommandRun run = over("");
    run.context
        .directories()
        .write("/home/dev/.aws/credentials", "[dev]\naws_access_key_id = AKIDMINE\n");
    assertThat(write(run).content(CONFIG)).contains("[profile atmos/dev]\n");
    assertThat(run.said())
        .contains("atmos: identity 'dev' is called atmos/dev, as there is another profile dev\n");
  }

  @Test
  void exec_besideWrittenProfiles_takesThemForItsOwn() {
    CommandRun run = write(over("")).live("dev").program("aws", "/bin/aws");
    run.run(ExecCommand::new, "--", "aws");
    assertThat(run.context.processes().attached().getLast().variable("AWS_PROFILE"))
        .isEqualTo("dev");
  }

  @Test
  void profile_ofAnIdentityThatIsGone_staysUntilItIsPruned() {
    CommandRun before = write(over("[profile mine]\n"));
    String fewer = CommandRun.TWO.replace("ops/eu west:", "other:");
    CommandRun run = write(later(before, fewer));
    assertThat(run.content(CONFIG)).contains("--identity 'ops/eu west'", "--identity other");
    assertThat(run.said())
        .contains(
            "atmos: ops-eu-west-d72cb5b5 stays, although identity 'ops/eu west' is gone; to remove"
                + " it: --prune\n");
    CommandRun pruned = write(later(run, fewer), "--prune");
    assertThat(pruned.content(CONFIG))
        .contains("[profile mine]\n", "--identity other")
        .doesNotContain("ops/eu west");
    assertThat(pruned.said()).contains("atmos: pruned: ops-eu-west-d72cb5b5\n");
  }

  @Test
  void profiles_ofAnotherConfiguration_stay() {
    CommandRun run = write(over(""));
    String first = run.content(CONFIG);
    CommandRun other = later(run, ANOTHER);
    other.context.withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/other.yaml"));
    assertThat(write(other).content(CONFIG))
        .startsWith(first)
        .contains("[profile atmos/dev]\ncredential_process = env 'ATMOS_CONFIG=/other.yaml'");
    other.run(AwsProfilesCommand::new, "--remove");
    assertThat(other.content(CONFIG)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "{account}.{principal}, 111111111111.Admin",
        "x-{identity}, x-dev",
        "{provider}_{region}, corp_us-east-1"
      })
  void profiles_withATemplate_areCalledByIt(String template, String name) {
    CommandRun run = CommandRun.unix().run(AwsProfilesCommand::new, "--name-template", template);
    assertThat(run.answered()).startsWith("[profile " + name + "]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{role}", "{identity", ""})
  void template_withAnUnknownPlaceholder_isRefused(String template) {
    assertThat(CommandRun.unix().failure(AwsProfilesCommand::new, "--name-template", template))
        .startsWith("USAGE --name-template '" + template + "' is not a name with placeholders | ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--write", "--remove", "--print"})
  void part_withoutItsEnd_isLeftAlone(String option) {
    CommandRun run = write(over("[default]\nregion=eu-west-3\n"));
    String cut = run.content(CONFIG).replaceFirst("# <<<.*\n$", "");
    for (String after : new String[] {"", "[profile mine]\nregion = x\n" + OURS_BEGINS}) {
      String file = cut + after;
      run.context.directories().write(CONFIG, file);
      assertThat(run.failure(AwsProfilesCommand::new, option))
          .startsWith("USAGE the part of atmos in /home/dev/.aws/config has lost its last line");
      assertThat(run.content(CONFIG)).isEqualTo(file);
    }
  }

  @Test
  void profile_ofANameThatIsNotAscii_isItsOwnTheNextTime() {
    String yaml = "auth: {identities: {'sso\u00e9': {kind: mock/aws}, dev: {kind: mock/aws}}}";
    CommandRun run = write(CommandRun.over(yaml));
    String written = run.content(CONFIG);
    CommandRun again = write(later(run, yaml));
    assertThat(again.content(CONFIG)).isEqualTo(written);
    assertThat(again.said()).doesNotContain("stays");
  }

  @Test
  void file_thatIsBroken_isLeftAlone() {
    CommandRun run = over("region = eu-west-3\n");
    assertThat(run.failure(AwsProfilesCommand::new, "--write"))
        .isEqualTo("USAGE " + CONFIG + ":1: a property before the first section");
    assertThat(run.content(CONFIG)).isEqualTo("region = eu-west-3\n");
  }

  @Test
  void options_thatMakeNoSense_areRefused() {
    assertThat(CommandRun.unix().failure(AwsProfilesCommand::new, "--write", "--remove"))
        .startsWith("USAGE --write, --remove and --print exclude each other");
    assertThat(CommandRun.unix().failure(AwsProfilesCommand::new, "--remove", "--prune"))
        .startsWith("USAGE --remove goes with neither");
  }
}
