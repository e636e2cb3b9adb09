package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.session.FakeSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvCommandTest {
  private static final String PROFILES = "/home/dev/.local/state/atmos/auth/profiles";

  /** What a line sets a variable to; the test has a single one. */
  private static String value(CommandRun run, String name) {
    List<String> values = new ArrayList<>();
    for (String line : run.answered().split("\n", -1)) {
      if (line.startsWith("export " + name + "=")) {
        values.add(line.substring(line.indexOf('=') + 1));
      }
    }
    assertThat(values).as(run.answered()).hasSize(1);
    return values.get(0);
  }

  @Test
  void env_withAWord_isOfThatIdentity() {
    assertThat(value(CommandRun.unix().run(EnvCommand::new, "base"), "AWS_PROFILE"))
        .isEqualTo("base");
  }

  @Test
  void env_withAFormatForItsFile_isInThatFormat() {
    String json = CommandRun.unix().run(EnvCommand::new, "-f", "json").answered();
    assertThat(json).startsWith("{");
    assertThat(CommandRun.unix().run(EnvCommand::new, "-o", "json").answered()).isEqualTo(json);
    assertThat(
            CommandRun.unix().env("ATMOS_AUTH_ENV_FORMAT", "json").run(EnvCommand::new).answered())
        .isEqualTo(json);
    CommandRun file =
        CommandRun.unix()
            .env("ATMOS_AUTH_ENV_OUTPUT_FILE", "/home/dev/file")
            .env("ATMOS_AUTH_ENV_FORMAT", "json")
            .run(EnvCommand::new);
    assertThat(file.answered()).isEmpty();
    assertThat(file.content("/home/dev/file")).isEqualTo(json);
    CommandRun both = CommandRun.unix().run(EnvCommand::new, "-f", "bash", "-o", "/home/dev/json");
    assertThat(both.content("/home/dev/json")).contains("export AWS_PROFILE=dev");
  }

  @Test
  void env_ofAnIdentity_namesAProfileThatAsksAtmos() {
    CommandRun run = CommandRun.unix().run(EnvCommand::new);
    assertThat(run.sessions.calls()).as("nobody is signed in, and nobody is asked").isEmpty();
    Path config = Path.of(value(run, "AWS_CONFIG_FILE"));
    assertThat(config.toString()).matches(PROFILES + "/[0-9a-f]{12}/config");
    assertThat(value(run, "AWS_SHARED_CREDENTIALS_FILE"))
        .isEqualTo(config.resolveSibling("credentials").toString());
    assertThat(value(run, "AWS_PROFILE")).isEqualTo("dev");
    assertThat(value(run, "AWS_REGION")).isEqualTo("us-east-1");
    assertThat(value(run, "AWS_DEFAULT_REGION")).isEqualTo("us-east-1");
    assertThat(value(run, "AWS_SDK_LOAD_CONFIG")).isEqualTo("1");
    assertThat(value(run, "AWS_EC2_METADATA_DISABLED")).isEqualTo("true");
    assertThat(value(run, "STAGE")).isEqualTo("'dev'\\''s $stage'");
    assertThat(run.answered())
        .contains(
            "unset AWS_ACCESS_KEY_ID\n",
            "unset AWS_SECRET_ACCESS_KEY\n",
            "unset AWS_SESSION_TOKEN\n",
            "unset AWS_SECURITY_TOKEN\n",
            "unset AWS_CONTAINER_CREDENTIALS_FULL_URI\n",
            "unset AWS_WEB_IDENTITY_TOKEN_FILE\n",
            "unset AWS_ROLE_ARN\n",
            "unset AWS_DEFAULT_PROFILE\n")
        .doesNotContain("KUBECONFIG");
    assertThat(run.content(config.toString()))
        .startsWith(
            """
            # Made by atmos, and made again whenever it starts a program: changes are lost. It holds no secret.
            # config: /home/dev/.aws/config
            # credentials: /home/dev/.aws/credentials
            [profile dev]
            credential_process = env 'ATMOS_CONFIG=/project/atmos.yaml' 'ATMOS_PROFILE=' \
            '/opt/my tools/atmos' auth credential-process --identity dev
            region = us-east-1
            [profile ops-eu-west-d72cb5b5]
            """);
    assertThat(run.content(value(run, "AWS_SHARED_CREDENTIALS_FILE"))).doesNotContain("[");
  }

  @Test
  void env_withoutLogin_setsUpNothing() {
    CommandRun run = CommandRun.unix().live("dev");
    run.integrations.kubeconfig("dev", "/k/dev");
    assertThat(run.run(EnvCommand::new).integrations.calls()).isEmpty();
    assertThat(run.run(EnvCommand::new, "--login").integrations.calls())
        .containsExactly("set up dev");
  }

  @Test
  void env_ofANameThatToolsRefuse_usesASafeOne() {
    CommandRun run = CommandRun.unix().run(EnvCommand::new, "-i", "ops/eu west");
    assertThat(value(run, "AWS_PROFILE")).matches("ops-eu-west-[0-9a-f]{8}");
    assertThat(value(run, "AWS_REGION")).isEqualTo("eu-west-1");
    assertThat(run.content(value(run, "AWS_CONFIG_FILE")))
        .contains("--identity 'ops/eu west'\n")
        .contains("[profile " + value(run, "AWS_PROFILE") + "]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-rf", "--help"})
  void env_ofANameThatLooksLikeAnOption_isRefused(String name) {
    CommandRun run =
        CommandRun.over(
            "auth: {identities: {'"
                + name
                + "': {kind: aws/user, credentials: {access_key_id: A,"
                + " secret_access_key: s}}}}");
    assertThat(run.failure(EnvCommand::new))
        .isEqualTo(
            "USAGE a profile of the AWS tools can't hold '"
                + name
                + "', because it begins with a dash as options do | use --static, which needs no"
                + " files");
  }

  @Test
  void env_onWindows_quotesAsWindowsDoes() {
    CommandRun run = CommandRun.windows().run(EnvCommand::new, "-f", "powershell");
    assertThat(run.answered())
        .contains("$env:AWS_CONFIG_FILE = 'C:\\Users\\dev\\AppData\\Local\\atmos\\state\\auth\\")
        .contains("Remove-Item Env:AWS_ACCESS_KEY_ID ");
  }

  @Test
  void env_runTwice_writesNothingTheSecondTime() throws Exception {
    CommandRun run = CommandRun.unix().run(EnvCommand::new);
    Path config = run.path(value(run, "AWS_CONFIG_FILE"));
    Files.setLastModifiedTime(config, FileTime.fromMillis(1000));
    run.run(EnvCommand::new);
    assertThat(Files.getLastModifiedTime(config).toMillis()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, /k/dev", "/k/a:/k/b, /k/dev:/k/a:/k/b", "/k/a:/k/dev:/k/b, /k/a:/k/dev:/k/b"})
  void env_ofAnIdentityWithACluster_addsItsKubeconfig(String before, String after) {
    CommandRun run = CommandRun.unix();
    run.integrations.kubeconfig("dev", "/k/dev");
    if (before != null) {
      run.env("KUBECONFIG", before);
    }
    assertThat(value(run.run(EnvCommand::new), "KUBECONFIG")).isEqualTo(after);
  }

  @Test
  void env_static_holdsTheKeysAndNoProfile() {
    CommandRun run = CommandRun.unix().live("dev").run(EnvCommand::new, "--static");
    assertThat(value(run, "AWS_ACCESS_KEY_ID")).isEqualTo("ASIAEXAMPLE");
    assertThat(value(run, "AWS_SECRET_ACCESS_KEY")).isEqualTo(FakeSessions.SECRET);
    assertThat(value(run, "AWS_SESSION_TOKEN")).isEqualTo(FakeSessions.TOKEN);
    assertThat(value(run, "AWS_CREDENTIAL_EXPIRATION")).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(run.answered()).contains("unset AWS_PROFILE\n").doesNotContain("AWS_CONFIG_FILE");
    assertThat(Files.exists(run.path(PROFILES))).isFalse();
  }

  @Test
  void env_staticOfWhoIsNotSignedIn_saysWhatToType() {
    assertThat(CommandRun.unix().atTerminal().failure(EnvCommand::new, "--static"))
        .isEqualTo("SIGN_IN_REQUIRED identity 'dev' needs a sign-in | run: atmos auth login dev");
  }

  @Test
  void env_login_signsInOnlyIfNeedBe() {
    CommandRun signedIn = CommandRun.unix().watched().live("dev").run(EnvCommand::new, "--login");
    assertThat(signedIn.said()).isEmpty();
    assertThat(signedIn.integrations.calls()).isEmpty();
    CommandRun run = CommandRun.unix().watched().run(EnvCommand::new, "--login");
    assertThat(run.sessions.calls()).containsExactly("signIn dev");
    assertThat(run.integrations.calls()).containsExactly("set up dev");
    assertThat(run.said()).contains("ABCD-EFGH");
    assertThat(run.answered()).startsWith("export ").doesNotContain("ABCD");
  }

  @Test
  void env_loginWithoutATerminal_asksNobody() {
    assertThat(CommandRun.unix().failure(EnvCommand::new, "--login"))
        .startsWith("SIGN_IN_REQUIRED ");
  }

  @Test
  void env_ofTheAmbientIdentity_leavesItsCredentialsAlone() {
    CommandRun run =
        CommandRun.unix().env("AWS_ACCESS_KEY_ID", "AKIDOTHER").run(EnvCommand::new, "-i", "here");
    assertThat(run.answered())
        .isEqualTo(
            """
            export ATMOS_CONFIG=/project/atmos.yaml
            export ATMOS_IDENTITY=here
            export ATMOS_PROFILE=''
            """);
  }

  @Test
  void env_ofAnIdentity_carriesTheConfigurationInForce() {
    CommandRun run = CommandRun.unix().run(EnvCommand::new, "-i", "d");
    assertThat(value(run, "ATMOS_CONFIG")).isEqualTo("/project/atmos.yaml");
    assertThat(value(run, "ATMOS_PROFILE")).isEqualTo("''");
    assertThat(value(run, "ATMOS_IDENTITY")).isEqualTo("dev");
    run = CommandRun.unix().run(EnvCommand::new, "--unset");
    assertThat(run.answered())
        .contains("unset ATMOS_CONFIG\n", "unset ATMOS_PROFILE\n", "unset ATMOS_IDENTITY\n");
  }

  // ---- the variables of all programs

  private static final String ENV =
      "env: {TF_IN_AUTOMATION: '1', STAGE: all, AWS_PROFILE: evil, ATMOS_PROFILE: ci}\n";

  @Test
  void env_ofTheConfiguration_reachesPrograms() {
    CommandRun run = CommandRun.over(CommandRun.TWO + ENV).run(EnvCommand::new);
    assertThat(value(run, "TF_IN_AUTOMATION")).isEqualTo("1");
    assertThat(value(run, "STAGE")).as("the identity's own").isEqualTo("'dev'\\''s $stage'");
    assertThat(value(run, "AWS_PROFILE")).isEqualTo("dev");
    assertThat(value(run, "ATMOS_PROFILE")).as("as it is in force").isEqualTo("''");
    assertThat(CommandRun.over(CommandRun.TWO + ENV).run(EnvCommand::new, "--unset").answered())
        .contains("unset TF_IN_AUTOMATION\n");
  }

  @Test
  void env_ofTheConfigurationWithARegion_isWhereAnIdentityWithoutOneWorks() {
    String yaml = CommandRun.TWO + "env: {AWS_REGION: eu-central-1}\n";
    CommandRun run = CommandRun.over(yaml).env("AWS_REGION", "us-west-2");
    assertThat(value(run.run(EnvCommand::new), "AWS_REGION")).isEqualTo("eu-central-1");
    run = CommandRun.over(yaml).run(EnvCommand::new, "-i", "ops/eu west");
    assertThat(value(run, "AWS_REGION")).isEqualTo("eu-west-1");
  }

  @ParameterizedTest
  @CsvSource({
    "MY-VAR: x, is not the name of a variable: letters; digits and _ make one",
    "AWS_REGION: mars, is not an AWS region"
  })
  void env_ofTheConfigurationThatNoProgramTakes_isAnErrorAtItsLine(String entry, String fault) {
    assertThat(CommandRun.over(CommandRun.TWO + "env: {" + entry + "}\n").failure(EnvCommand::new))
        .startsWith("USAGE ")
        .contains("'" + entry.substring(0, entry.indexOf(':')) + "' in 'env' ")
        .contains(fault.replace(';', ','));
  }

  @Test
  void env_ofARoleOnTopOfTheEnvironment_passesOnWhereItsCredentialsAreFrom() {
    CommandRun run =
        CommandRun.unix()
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
            .env("AWS_ROLE_ARN", "arn:aws:iam::3:role/Pod")
            .run(EnvCommand::new, "-i", "base");
    assertThat(run.content(value(run, "AWS_CONFIG_FILE")))
        .contains(
            " 'AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/token'",
            " 'AWS_ROLE_ARN=arn:aws:iam::3:role/Pod'",
            " 'AWS_PROFILE='",
            " 'AWS_CONFIG_FILE='",
            " 'AWS_EC2_METADATA_DISABLED='");
  }

  @Test
  void env_ofARoleOnTopOfKeysInTheEnvironment_needsKeys() {
    assertThat(
            CommandRun.unix()
                .env("AWS_ACCESS_KEY_ID", "AKIDOTHER")
                .failure(EnvCommand::new, "-i", "base"))
        .isEqualTo(
            "USAGE identity 'base' starts from keys in the environment, which no profile can ask"
                + " for | use --static");
  }

  @Test
  void env_unset_takesEverythingAway() {
    CommandRun run = CommandRun.unix().env("KUBECONFIG", "/k/a:/k/dev");
    run.integrations.kubeconfig("dev", "/k/dev");
    run.run(EnvCommand::new, "--unset");
    assertThat(run.answered())
        .contains("unset AWS_CONFIG_FILE\n", "unset STAGE\n")
        .contains("unset AWS_SESSION_TOKEN\n", "export KUBECONFIG=/k/a\n");
    assertThat(run.sessions.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth: {}", "auth: {identities: {a: {kind: x}, b: {kind: y}}}"})
  void env_unsetOfNobody_takesAwayWhatAllHave(String yaml) {
    CommandRun run = CommandRun.over(yaml).run(EnvCommand::new, "--unset", "-f", "fish");
    assertThat(run.answered())
        .contains("set -e AWS_PROFILE; or true\n")
        .doesNotContain("KUBECONFIG");
  }

  @Test
  void env_unsetInJson_isNull() {
    CommandRun run = CommandRun.unix().run(EnvCommand::new, "--unset", "-f", "json");
    assertThat(run.answered()).contains("\"AWS_PROFILE\": null");
  }

  // ---- the region

  /** Runs it in the shell that a run before has changed. */
  private static CommandRun next(CommandRun before, String... words) {
    CommandRun next = CommandRun.unix();
    for (String line : before.answered().lines().toList()) {
      if (line.startsWith("export ATMOS_SET_REGION=") || line.contains("REGION=")) {
        next.env(line.substring(7, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return next.run(EnvCommand::new, words);
  }

  @Test
  void env_ofTwoIdentitiesInOneShell_leaksNoRegion() {
    CommandRun ops = CommandRun.unix().run(EnvCommand::new, "-i", "ops/eu west");
    assertThat(value(ops, "AWS_REGION")).isEqualTo("eu-west-1");
    assertThat(value(next(ops, "-i", "dev"), "AWS_REGION")).isEqualTo("us-east-1");
    assertThat(next(ops, "--unset").answered())
        .contains("unset AWS_REGION\n", "unset AWS_DEFAULT_REGION\n", "unset ATMOS_SET_REGION\n");
  }

  @Test
  void env_overTheUsersRegion_remembersIt() {
    CommandRun ops =
        CommandRun.unix().env("AWS_REGION", "us-west-2").run(EnvCommand::new, "-i", "ops/eu west");
    assertThat(value(ops, "AWS_REGION")).isEqualTo("eu-west-1");
    assertThat(value(ops, "AWS_DEFAULT_REGION")).isEqualTo("eu-west-1");
    CommandRun dev = next(ops, "-i", "dev");
    assertThat(value(dev, "AWS_REGION")).isEqualTo("us-west-2");
    assertThat(value(next(dev, "-i", "dev"), "AWS_REGION")).isEqualTo("us-west-2");
    assertThat(next(dev, "--unset").answered())
        .contains("export AWS_REGION=us-west-2\n", "unset AWS_DEFAULT_REGION\n");
    assertThat(
            CommandRun.unix()
                .env("AWS_REGION", "us-west-2")
                .run(EnvCommand::new, "--unset")
                .answered())
        .as("atmos has not exported it")
        .doesNotContain("AWS_REGION");
  }

  @Test
  void env_whateverTheRegionOfTheShell_writesTheSameFiles() {
    CommandRun plain = CommandRun.unix().run(EnvCommand::new);
    CommandRun there = CommandRun.unix().env("AWS_REGION", "us-west-2").run(EnvCommand::new);
    CommandRun named = CommandRun.unix().run(EnvCommand::new, "--region", "ap-south-1");
    String file = value(plain, "AWS_CONFIG_FILE");
    for (CommandRun run : List.of(there, named)) {
      assertThat(value(run, "AWS_CONFIG_FILE")).isEqualTo(file);
      assertThat(run.content(file)).isEqualTo(plain.content(file)).contains("region = us-east-1");
    }
    assertThat(value(there, "AWS_REGION")).isEqualTo("us-west-2");
    assertThat(value(named, "AWS_REGION")).isEqualTo("ap-south-1");
    assertThat(value(named, "AWS_DEFAULT_REGION")).isEqualTo("ap-south-1");
  }

  @Test
  void env_ofAnIdentityWhoseVariablesNameARegion_takesThatUnlessTheUserSaysOtherwise() {
    String yaml = CommandRun.TWO.replace("STAGE: \"dev's $stage\"", "AWS_REGION: eu-south-1");
    CommandRun run = CommandRun.over(yaml).env("AWS_REGION", "us-west-2");
    assertThat(value(run.run(EnvCommand::new), "AWS_DEFAULT_REGION")).isEqualTo("eu-south-1");
    assertThat(run.said()).as("a start-up file runs it").isEmpty();
    CommandRun named = CommandRun.over(yaml).run(EnvCommand::new, "--region", "ap-south-1");
    assertThat(value(named, "AWS_REGION")).isEqualTo("ap-south-1");
  }

  @Test
  void env_atATerminal_saysNothingOfRegions() {
    CommandRun run = CommandRun.unix().atTerminal().env("AWS_REGION", "us-west-2");
    assertThat(run.run(EnvCommand::new, "-i", "ops/eu west").said()).isEmpty();
  }

  // ---- files

  @Test
  void env_intoAFile_replacesWhatItWroteBefore() {
    CommandRun run = CommandRun.unix();
    run.context.directories().write(".env", "MINE=1\n");
    run.live("dev");
    run.run(EnvCommand::new, "-f", "dotenv", "--static", "-o", ".env");
    String once = run.content(".env");
    run.run(EnvCommand::new, "-f", "dotenv", "--static", "-o", ".env");
    assertThat(run.content(".env")).isEqualTo(once).startsWith("MINE=1\n");
    assertThat(once).contains("AWS_SECRET_ACCESS_KEY=" + FakeSessions.SECRET + "\n");
    assertThat(run.answered()).isEmpty();
  }

  @Test
  void env_forGithub_isAddedToTheRunnersFileAndMasked() {
    CommandRun run = CommandRun.unix().live("dev").env("GITHUB_ENV", "/runner/env");
    run.context.directories().write("/runner/env", "EARLIER=1\n");
    run.run(EnvCommand::new, "-f", "github", "--static");
    assertThat(run.content("/runner/env"))
        .startsWith("EARLIER=1\n")
        .contains("AWS_SESSION_TOKEN=" + FakeSessions.TOKEN + "\n")
        .doesNotContain("begin");
    assertThat(run.answered())
        .isEqualTo(
            "::add-mask::" + FakeSessions.SECRET + "\n::add-mask::" + FakeSessions.TOKEN + "\n");
  }

  @Test
  void env_forGithubWithAProfile_hasNothingToMask() {
    CommandRun run = CommandRun.unix().env("GITHUB_ENV", "/project/env");
    run.run(EnvCommand::new, "-f", "github");
    assertThat(run.answered()).isEmpty();
    assertThat(run.content("/project/env")).contains("AWS_PROFILE=dev\n");
  }

  @Test
  void env_inJsonIntoAFile_isTheWholeFile() {
    CommandRun run = CommandRun.unix();
    run.context.directories().write("env.json", "{\"old\": 1}\n");
    run.run(EnvCommand::new, "-f", "json", "--output-file", "env.json");
    assertThat(run.content("env.json")).doesNotContain("old").contains("\"AWS_PROFILE\": \"dev\"");
  }

  // ---- who and what is refused

  @Test
  void failures_sayWhatToType() {
    Map<List<String>, String> cases =
        Map.of(
            List.of("-f", "xonsh"),
            "USAGE --format must be bash, zsh, fish, powershell, cmd, dotenv, env, github or json,"
                + " not 'xonsh'",
            List.of("-f", "github"),
            "USAGE the format github is for the file that GITHUB_ENV names, and it isn't set |"
                + " name a file: --output-file FILE",
            List.of("-o", ""),
            "USAGE --output-file is empty | name a file: --output-file FILE",
            List.of("-o", "/nowhere/env"),
            "FAILED can't write /nowhere/env: no such file or directory",
            List.of("--unset", "--login"),
            "USAGE --unset goes with neither --login nor --static | leave them out",
            List.of("-i", "nobody"),
            "USAGE unknown identity 'nobody' | configured: dev, ops/eu west, here, base",
            List.of("--identity"),
            "USAGE picking the identity from a list needs a terminal | name one: --identity NAME",
            List.of("--identity", ""),
            "USAGE --identity is empty | name one: --identity NAME");
    cases.forEach((words, failure) ->
        assertThat(CommandRun.unix().failure(EnvCommand::new, words.toArray(String[]::new)))
            .isEqualTo(failure));
  }

  @Test
  void env_atATerminal_asksNobodyWhoItIsAbout() {
    String several = CommandRun.TWO.replace("default: true", "default: false");
    assertThat(CommandRun.over(several).atTerminal().failure(EnvCommand::new))
        .startsWith("USAGE several identities are configured, and none is the default");
  }

  @Test
  void env_withoutConfiguration_saysSo() {
    assertThat(CommandRun.overNothing().failure(EnvCommand::new))
        .startsWith("USAGE no identities are configured | ");
  }

  @Test
  void env_withoutAHome_namesTheWayOut() {
    CommandRun run = CommandRun.unix();
    run.context.directories().withoutHome();
    assertThat(run.failure(EnvCommand::new))
        .isEqualTo(
            "USAGE the AWS tools' files need a home directory | use --static, which needs no"
                + " files");
  }

  @Test
  void env_withAVariableThatNoShellTakes_isRefusedWithItsPlace() {
    String yaml = CommandRun.TWO.replace("STAGE:", "ST.AGE:");
    assertThat(CommandRun.over(yaml).failure(EnvCommand::new))
        .contains("'ST.AGE' in 'env' of identity 'dev' is not the name of a variable");
  }

  /** By a trusted file too: programs would use another identity than the one that is named. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_PROFILE",
        "aws_profile",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECURITY_TOKEN",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
      })
  void env_withAVariableThatNamesOtherCredentials_isRefused(String name) {
    String yaml = CommandRun.TWO.replace("STAGE:", name + ":");
    String fault =
        "'" + name + "' in 'env' of identity 'dev' would give programs other credentials";
    assertThat(CommandRun.over(yaml).failure(EnvCommand::new)).contains(fault);
    assertThat(CommandRun.over(yaml).failure(ExecCommand::new, "--", "tool")).contains(fault);
    assertThat(ValidateRun.of(yaml).said()).contains("error: " + fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"''", "' '", "~", "eu-west-1@evil.example/#", "\"eu-west-1\\nX=y\"", "eu-west-1."})
  void env_withARegionThatIsNone_isRefusedWithoutShowingIt(String region) {
    for (String name : List.of("AWS_REGION", "AWS_DEFAULT_REGION", "aws_region")) {
      String yaml = CommandRun.TWO.replace("STAGE: \"dev's $stage\"", name + ": " + region);
      assertThat(CommandRun.over(yaml).failure(EnvCommand::new))
          .contains("'" + name + "' in 'env' of identity 'dev' is not an AWS region")
          .doesNotContain("evil");
    }
  }
}
