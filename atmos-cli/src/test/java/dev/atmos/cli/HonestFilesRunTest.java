package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a project that nobody has trusted, and that work without any question. */
final class HonestFilesRunTest extends UntrustedProject {
  private static final String URL = "https://acme.awsapps.com/start";
  private static final String MENTION =
      "(?i).*(trust|confirm|approve|unsafe|warning: (?!'base_path' has no effect$)|\\?).*";

  /** What is said beside the answer, which asks for nothing. */
  private static String quiet(AtmosRun.Result result) {
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr().lines()).noneMatch(line -> line.matches(MENTION));
    return result.stdout();
  }

  private String silent(String... words) {
    return atmos.run(words).answer();
  }

  /** What needs no sign-in: nothing is asked, and nothing is said of trust. */
  private void readsQuietly(String identity) {
    quiet(atmos.run("auth", "validate"));
    assertThat(silent("auth", "list")).contains(identity);
    assertThat(silent("config", "show")).contains(identity);
    assertThat(silent("__complete", "--", "auth", "login", "")).contains(identity);
    assertThat(atmos.run("config", "trust").stderr()).isEqualTo("Nothing here needs your trust.\n");
    assertThat(atmos.run("config", "files").stderr()).isEmpty();
  }

  /** All commands that use an identity whose credentials can be had. */
  private void worksQuietly(String identity) {
    readsQuietly(identity);
    if (!identity.equals("ci")) {
      knowCredentials(identity);
    }
    atmos.token("--identity", identity).token();
    assertThat(atmos.token("--identity", identity).stderr()).isEmpty();
    assertThat(silent("auth", "env", "-i", identity)).contains("AWS_PROFILE");
    int before = atmos.attached().size();
    assertThat(atmos.run("auth", "exec", "-i", identity, "--", "tool").stderr()).isEmpty();
    assertThat(atmos.attached()).hasSize(before + 1);
    quiet(atmos.run("auth", "whoami", "-i", identity));
    quiet(atmos.run("auth", "login", identity));
  }

  /** Tells the checks of each run which credentials are about to be used. */
  private void knowCredentials(String identity) {
    String answer = silent("auth", "credential-process", "-i", identity);
    Matcher id = Pattern.compile("\"AccessKeyId\": \"([A-Z0-9]+)\"").matcher(answer);
    assertThat(id.find()).isTrue();
    aws.credential(id.group(1))
        .ifPresent(known -> atmos.knows(known.key().id(), known.key().secret()));
  }

  // ---- signing in to an Identity Center

  private static String permissionSets(String more) {
    StringBuilder file = new StringBuilder(more + "auth:\n");
    file.append("  providers:\n    sso: {kind: aws/iam-identity-center, start_url: ");
    file.append(URL).append(", region: us-east-1}\n  identities:\n");
    for (int i = 1; i <= 20; i++) {
      file.append("    team").append(i).append(":\n      kind: aws/permission-set\n");
      file.append("      via: {provider: sso}\n      principal: {name: Role").append(i);
      file.append(", account: {name: Acme Data (prod) & Co., id: \"" + ONE + "\"}}\n");
    }
    return file.toString();
  }

  private void signIn(String file) {
    aws.identityCenter(URL, "us-east-1")
        .autoAllow("ann", 1)
        .assign("ann", ONE, "Acme Data (prod) & Co.", "Role7", "Role8");
    atmos.file("atmos.yaml", file).env("ATMOS_KEYRING_TYPE", "plain");
    readsQuietly("team7");
    AtmosRun.Result signedIn = atmos.run("auth", "login", "team7", "--no-browser");
    assertThat(signedIn.exitCode()).as(signedIn.stderr()).isZero();
    assertThat(signedIn.stderr()).doesNotContain("trust").doesNotContain("[y/N]");
    worksQuietly("team7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "logs: {level: Info, file: /dev/stderr}\n",
        "env: {ATMOS_AUTH_REALM: acme-ci}\n",
      })
  void permissionSets_work(String more) {
    signIn(permissionSets(more));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "realm: acme-platform",
        "keyring: {type: system}",
        "logs: {level: Info, file: /dev/stderr}",
        "console: {isolated: true}",
      })
  void permissionSets_withASettingOfTheSection_work(String setting) {
    signIn(permissionSets("") + "  " + setting + "\n");
  }

  @Test
  void provider_withADirectoryForFiles_works() {
    signIn(
        permissionSets("")
            .replace("us-east-1}", "us-east-1, spec: {files: {base_path: ~/.aws/atmos}}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"browser: none", "flow: device, browser: none", "flow: auto"})
  void provider_thatSaysHowToSignIn_works(String how) {
    signIn(permissionSets("").replace("us-east-1}", "us-east-1, " + how + "}"));
  }

  // ---- in a job

  @ParameterizedTest
  @ValueSource(strings = {"!env GITHUB_RUN_ID", "deploy-acme"})
  void job_thatAssumesARole_works(String session) {
    atmos
        .env("ACTIONS_ID_TOKEN_REQUEST_URL", aws.metadata().jobUrl())
        .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", aws.metadata().jobToken())
        .env("GITHUB_JOB", "build")
        .file(
            "atmos.yaml",
            """
            auth:
              providers: {gh: {kind: github/oidc, region: us-east-1}}
              identities:
                deploy:
                  kind: aws/assume-role
                  via: {provider: gh}
                  principal: {assume_role: !env ROLE_ARN , session_name: %s , region: us-east-2}
            """
                .formatted(session));
    worksQuietly("deploy");
  }

  @Test
  void keys_ofTheEnvironment_work() {
    atmos.keys().file("atmos.yaml", user(""));
    worksQuietly("ci");
  }

  @Test
  void role_withTheUserAsItsSource_works() {
    atmos
        .keys()
        .env("SESSION", "1h")
        .env("LEVEL", "Warning")
        .file(
            "atmos.yaml",
            user(
                """
                deploy:
                  kind: aws/assume-role
                  via: {identity: ci}
                  principal:
                    assume_role: arn:aws:iam::222222222222:role/Deploy
                    source_identity: !env USER
                    duration: !env SESSION
                """
                    .indent(4)));
    worksQuietly("deploy");
  }

  @Test
  void variables_thatAreHarmless_areSetForPrograms() {
    atmos.keys().file("atmos.yaml", user("      env: {AWS_PAGER: \"\", AWS_REGION: eu-west-1}\n"));
    worksQuietly("ci");
    assertThat(silent("auth", "env", "--format", "json"))
        .contains("\"AWS_PAGER\": \"\"", "\"AWS_REGION\": \"eu-west-1\"");
  }

  // ---- clusters

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alias: prod",
        "alias: jane@prod/eu-west-1:blue (old) & new",
        "kubeconfig: {mode: \"0600\", update: merge}",
        "alias: $team, kubeconfig: {mode: \"0640\"}",
      })
  void cluster_inTheUsualKubeconfig_isSetUp(String field) {
    atmos
        .keys()
        .file(
            "atmos.yaml",
            user("")
                + "  integrations:\n    demo:\n      kind: aws/eks\n      via: {identity: ci}\n"
                + "      spec: {cluster: {name: demo, region: us-east-2, "
                + field
                + "}}\n");
    readsQuietly("ci");
    quiet(atmos.run("auth", "login", "ci"));
    assertThat(atmos.files()).containsKey("/home/dev/.kube/config");
    quiet(atmos.run("aws", "eks", "update-kubeconfig", "--integration", "demo"));
  }

  // ---- several files

  @Test
  void imports_insideARepository_work() {
    atmos
        .keys()
        .directory("/project/.git")
        .file("atmos.yaml", "import: [./auth/*.yaml, ./shared]\n")
        .file("auth/ci.yaml", user(""))
        .file("shared/logs.yaml", "logs: {level: Error}\n")
        .file("atmos.d/realm.yaml", "auth: {realm: acme}\n");
    worksQuietly("ci");
  }

  @Test
  void profile_thatTheFileNames_isUsed() {
    atmos
        .keys()
        .file("atmos.yaml", "env: {ATMOS_PROFILE: ci}\n")
        .file("profiles/ci/auth.yaml", user(""));
    worksQuietly("ci");
  }

  @Test
  void project_thatRestatesWhatTheUserHas_works() {
    String file = user("      env: {STAGE: dev}\n");
    atmos.keys().file("~/.config/atmos/atmos.yaml", file).file("atmos.yaml", user(""));
    worksQuietly("ci");
    assertThat(silent("auth", "env", "--format", "json")).contains("\"STAGE\": \"dev\"");
  }

  // ---- a stand-in of AWS, and kinds of other programs

  @Test
  void standIn_withLiteralKeys_works() {
    aws.add(IamUser.of(ONE, "test").key("AKIATESTTESTTEST", "test"));
    aws.add(Role.of(TWO, "Local").trusting("arn:aws:iam::" + ONE + ":user/test"));
    atmos
        .env("AWS_ENDPOINT_URL", "")
        .file(
            "atmos.yaml",
            """
            auth:
              identities:
                local:
                  kind: aws/user
                  credentials:
                    {access_key_id: AKIATESTTESTTEST, secret_access_key: test, region: us-east-1}
                  spec: {endpoint_url: %1$s}
                role:
                  kind: aws/assume-role
                  via: {identity: local}
                  principal: {assume_role: "arn:aws:iam::222222222222:role/Local"}
                  spec: {endpoint_url: %1$s}
            """
                .formatted("\"" + aws.url() + "\""));
    readsQuietly("role");
    quiet(atmos.run("auth", "whoami", "-i", "local"));
    quiet(atmos.run("auth", "whoami", "-i", "role"));
    quiet(atmos.run("auth", "login", "role"));
  }

  @Test
  void kind_thatNothingSupplies_isNoHindrance() {
    atmos.keys().file("atmos.yaml", user("    blob: {kind: azure/user, pin: 1234567}\n"));
    assertThat(atmos.run("auth", "validate").stderr() + atmos.run("auth", "validate").stdout())
        .doesNotContain("trust");
    assertThat(silent("config", "show")).contains("ci").doesNotContain("1234567");
    assertThat(atmos.run("auth", "list").stderr()).doesNotContain("trust");
    atmos.token("--identity", "ci").token();
    assertThat(silent("auth", "env", "-i", "ci")).contains("AWS_PROFILE");
    assertThat(atmos.run("auth", "exec", "-i", "ci", "--", "tool").stderr()).isEmpty();
  }

  @Test
  void accountNames_andAliases_asPeopleHaveThem_work() {
    atmos
        .keys()
        .file(
            "atmos.yaml",
            user("      alias: \"Prod (EU) – #1 & Söhne\"\n      tags: [\"a b\", ünï]\n"));
    worksQuietly("ci");
  }
}
