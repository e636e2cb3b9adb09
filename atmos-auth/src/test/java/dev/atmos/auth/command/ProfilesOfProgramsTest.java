package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.testing.FakeProcessControl.Attached;
import org.junit.jupiter.api.Test;

/** The profiles that a program gets, beside the user's own. */
class ProfilesOfProgramsTest {
  private static final String KEYS =
      "aws_access_key_id = AKIDMINE\naws_secret_access_key = canary\n";

  private final CommandRun run =
      CommandRun.unix().live("dev").live("base").program("aws", "/bin/aws");

  private void files(String config, String credentials) {
    run.context.directories().write("/home/dev/.aws/config", config);
    run.context.directories().write("/home/dev/.aws/credentials", credentials);
  }

  private Attached exec(String... options) {
    String[] words = new String[options.length + 2];
    System.arraycopy(options, 0, words, 0, options.length);
    words[options.length] = "--";
    words[options.length + 1] = "aws";
    run.run(ExecCommand::new, words);
    return run.context.processes().attached().getLast();
  }

  private String config(Attached attached) {
    return run.content(String.valueOf(attached.variable("AWS_CONFIG_FILE")));
  }

  @Test
  void profiles_ofTheUser_stayBesideOurs() {
    files(
        """
        # aws_secret_access_key = canary
        [default]
        region = eu-west-3
        [profile plain]
        sso_session = corp
        s3 =
          max_concurrent_requests = 20
        [profile "my dev"]
        role_arn = arn:aws:iam::1:role/x
        source_profile = keys
        [sso-session corp]
        sso_region = us-east-1
        [services local]
        s3 =
          endpoint_url = http://127.0.0.1:9000
        """,
        "[keys]\n" + KEYS + "region = eu-west-2\n");
    assertThat(config(exec()))
        .contains("[profile dev]\ncredential_process = ", "[profile ops-eu-west-")
        .contains("[default]\nregion = eu-west-3\n")
        .contains("[profile plain]\nsso_session = corp\ns3 =\n  max_concurrent_requests = 20\n")
        .contains("[profile 'my dev']\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = keys\n")
        .contains("[sso-session corp]\nsso_region = us-east-1\n")
        .contains("[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:9000\n")
        .doesNotContain("canary", "AKIDMINE");
    assertThat(run.content(String.valueOf(exec().variable("AWS_SHARED_CREDENTIALS_FILE"))))
        .doesNotContain("[");
  }

  @Test
  void profile_ofTheUserWithKeys_becomesAProgramThatReadsThem() {
    files(
        "[profile keys]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = keys\noutput = json\n",
        "[keys]\n" + KEYS);
    assertThat(config(exec()))
        .contains(
            """
            [profile keys]
            output = json
            credential_process = env 'ATMOS_CONFIG=' 'ATMOS_CONFIG_PATH=' 'ATMOS_IDENTITY=false' \
            'ATMOS_PROFILE=' 'AWS_ACCESS_KEY_ID=' 'AWS_CONFIG_FILE=/home/dev/.aws/config' \
            'AWS_PROFILE=keys' 'AWS_ROLE_ARN=' 'AWS_SECRET_ACCESS_KEY=' 'AWS_SESSION_TOKEN=' \
            'AWS_SHARED_CREDENTIALS_FILE=/home/dev/.aws/credentials' \
            'AWS_WEB_IDENTITY_TOKEN_FILE=' '/opt/my tools/atmos' auth credential-process
            """)
        .doesNotContain("role_arn");
  }

  @Test
  void profile_calledLikeAnIdentity_neverBeatsOurs() {
    files("[profile ops-eu-west-d72cb5b5]\nregion = eu-west-3\n", "[dev]\n" + KEYS);
    Attached attached = exec();
    assertThat(attached.variable("AWS_PROFILE")).isEqualTo("atmos/dev");
    assertThat(config(attached))
        .containsOnlyOnce("[profile dev]\n")
        .contains(
            "[profile atmos/dev]\ncredential_process = env 'ATMOS_CONFIG=/project/atmos.yaml'");
  }

  @Test
  void profiles_withOnly_areHidden() {
    files("[profile mine]\nregion = eu-west-3\n", "[dev]\n" + KEYS);
    Attached attached = exec("--only");
    assertThat(attached.variable("AWS_PROFILE")).isEqualTo("dev");
    assertThat(config(attached)).containsOnlyOnce("[").contains("[profile dev]");
  }

  @Test
  void view_isMadeAgainAtEachProgram_underTheSamePath() {
    files("[profile mine]\nregion = eu-west-3\n", "");
    String before = String.valueOf(exec().variable("AWS_CONFIG_FILE"));
    files("[profile mine]\nregion = eu-south-1\n", "");
    assertThat(exec().variable("AWS_CONFIG_FILE")).isEqualTo(before);
    assertThat(run.content(before)).contains("eu-south-1").doesNotContain("eu-west-3");
    run.context.directories().write(before, "[profile dev]\naws_access_key_id = AKIDEVIL\n");
    exec();
    assertThat(run.content(before)).doesNotContain("AKIDEVIL");
  }

  @Test
  void view_whereANameIsTakenSince_isAnotherFile() {
    String before = String.valueOf(exec().variable("AWS_CONFIG_FILE"));
    files("[profile dev]\nregion = eu-west-3\n", "");
    assertThat(exec().variable("AWS_CONFIG_FILE")).isNotEqualTo(before);
    assertThat(run.content(before))
        .as("a shell that uses it keeps its meaning")
        .contains("[profile dev]\ncredential_process");
  }

  @Test
  void view_insideOfAProgram_isOfTheUsersOwnFiles() {
    files("[profile mine]\nregion = eu-west-3\n", "[dev]\n" + KEYS);
    Attached outer = exec();
    for (String name :
        new String[] {"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE"}) {
      run.env(name, String.valueOf(outer.variable(name)));
    }
    Attached inner = exec();
    assertThat(config(inner)).isEqualTo(config(outer)).contains("[profile mine]");
    assertThat(inner.variable("AWS_PROFILE")).isEqualTo("atmos/dev");
  }

  @Test
  void profile_thatStartsFromTheEnvironment_startsFromTheUsersAlsoInsideOfAProgram() {
    run.env("AWS_PROFILE", "mine").env("AWS_ROLE_ARN", "arn:aws:iam::3:role/Pod");
    Attached outer = exec();
    assertThat(config(outer))
        .contains("[profile base]\ncredential_process = env 'ATMOS_CONFIG=/project/atmos.yaml'")
        .contains("'AWS_PROFILE=mine'", "'AWS_ROLE_ARN=arn:aws:iam::3:role/Pod'");
    run.env("AWS_CONFIG_FILE", String.valueOf(outer.variable("AWS_CONFIG_FILE")));
    run.env("AWS_PROFILE", "dev").env("AWS_ROLE_ARN", "");
    assertThat(exec("-i", "base").variable("AWS_CONFIG_FILE"))
        .isEqualTo(outer.variable("AWS_CONFIG_FILE"));
    assertThat(config(exec("-i", "base"))).isEqualTo(config(outer));
  }

  @Test
  void profile_thatStartsFromKeysOfTheEnvironment_isLeftOut() {
    run.env("AWS_ACCESS_KEY_ID", "AKIDMINE");
    assertThat(config(exec())).doesNotContain("[profile base]");
  }

  @Test
  void files_ofTheUserThatAreBroken_areLeftOutWithALine() {
    files("region = eu-west-3\n", "");
    assertThat(config(exec("--region", "us-east-2"))).contains("[profile dev]");
    assertThat(run.said())
        .isEqualTo(
            "atmos: your AWS profiles are left out: /home/dev/.aws/config:1: a property before the"
                + " first section\n");
  }

  @Test
  void profile_ofTheUserThatNoLineCanHold_isLeftOutWithALine() {
    files("", "[m\u0001y]\n" + KEYS + "[fine]\nregion = eu-west-3\n");
    assertThat(config(exec())).contains("[profile fine]").doesNotContain("\u0001");
    assertThat(run.said()).startsWith("atmos: your AWS profile is left out: ").hasLineCount(1);
  }

  @Test
  void unset_bringsTheUsersOwnFilesBack() {
    run.env("AWS_CONFIG_FILE", "/elsewhere/config");
    Attached outer = exec();
    run.env("AWS_CONFIG_FILE", String.valueOf(outer.variable("AWS_CONFIG_FILE")));
    run.env("AWS_SHARED_CREDENTIALS_FILE", "/x");
    assertThat(run.run(EnvCommand::new, "--unset").answered())
        .contains("export AWS_CONFIG_FILE=/elsewhere/config\n")
        .contains("unset AWS_SHARED_CREDENTIALS_FILE\n");
  }
}
