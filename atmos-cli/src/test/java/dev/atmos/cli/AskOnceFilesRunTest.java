package dev.atmos.cli;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.io.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a project that ask for trust once, where the value is used and only there. */
final class AskOnceFilesRunTest extends UntrustedProject {
  @BeforeEach
  void haveKeys() {
    atmos.keys();
  }

  /** Refused with a line that leads on, which is followed. */
  private void asksOnce(String wish, String... words) {
    AtmosRun.Result refused = atmos.run(words);
    assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(2);
    assertThat(refused.stderr())
        .contains("/project/atmos.yaml:", wish, "run: atmos config trust /project/atmos.yaml");
    assertThat(atmos.run("auth", "validate").stderr() + atmos.run("auth", "validate").stdout())
        .contains(wish);
    assertThat(atmos.run("__complete", "--", "auth", "login", "").answer()).contains("ci");
    assertThat(atmos.run("auth", "list").answer()).contains("ci");
    assertThat(atmos.run("config", "trust", "--yes", "/project/atmos.yaml").exitCode()).isZero();
    assertThat(atmos.run("config", "trust").stderr())
        .isEqualTo("You have trusted all of it already.\n");
  }

  @Test
  void variable_forPrograms_asksOnce() {
    atmos.file("atmos.yaml", user("      env: {STAGE: dev}\n"));
    atmos.token().token();
    asksOnce("set a variable for programs", "auth", "exec", "--", "tool");
    assertThat(atmos.attached()).isEmpty();
    assertThat(atmos.run("auth", "exec", "--", "tool").stderr()).isEmpty();
    assertThat(atmos.attached()).hasSize(1);
  }

  @Test
  void kubeconfig_atAPath_asksOnce() {
    atmos.file(
        "atmos.yaml",
        user("")
            + "  integrations:\n"
            + "    demo:\n"
            + "      kind: aws/eks\n"
            + "      via: {identity: ci}\n"
            + "      spec: {cluster: {name: demo, region: us-east-2, kubeconfig: {path:"
            + " k.yaml}}}\n");
    atmos.token().token();
    List<String> words = List.of("aws", "eks", "update-kubeconfig", "--integration", "demo");
    asksOnce("choose which file is written", words.toArray(String[]::new));
    assertThat(atmos.files().keySet()).noneMatch(file -> file.endsWith("k.yaml"));
    assertThat(atmos.run(words.toArray(String[]::new)).exitCode()).isZero();
    assertThat(atmos.files().keySet()).anyMatch(file -> file.endsWith("k.yaml"));
  }

  @Test
  void command_ofATag_asksOnce() {
    atmos
        .file("atmos.yaml", user("").replace("!env AWS_SECRET_ACCESS_KEY", "!exec get-key"))
        .command("get-key", AtmosRun.SECRET);
    asksOnce("run a command", "auth", "credential-process", "-i", "ci");
    assertThat(atmos.commandsRun()).isEmpty();
    atmos.token().token();
    assertThat(atmos.commandsRun()).containsExactly("get-key");
  }

  @Test
  void portal_ofAnotherHost_asksOnce() {
    aws.identityCenter("https://sso.acme.example/start", "us-east-1")
        .autoAllow("ann", 1)
        .assign("ann", ONE, "dev", "Admin");
    atmos
        .env("ATMOS_KEYRING_TYPE", "plain")
        .file(
            "atmos.yaml",
            """
            auth:
              providers:
                sso:
                  kind: aws/iam-identity-center
                  start_url: https://sso.acme.example/start
                  region: us-east-1
              identities:
                ci:
                  kind: aws/permission-set
                  via: {provider: sso}
                  principal: {name: Admin, account: dev}
            """);
    asksOnce("send something to a host", "auth", "login", "ci", "--no-browser");
    assertThat(atmos.run("auth", "login", "ci", "--no-browser").exitCode()).isZero();
  }

  @Test
  void browser_ofAProvider_asksOnce_whereOneIsOpened() {
    aws.identityCenter("https://acme.awsapps.com/start", "us-east-1")
        .autoAllow("ann", 0)
        .assign("ann", ONE, "dev", "Admin");
    atmos
        .watched()
        .env("ATMOS_KEYRING_TYPE", "plain")
        .file(
            "atmos.yaml",
            """
            auth:
              providers:
                sso:
                  kind: aws/iam-identity-center
                  start_url: https://acme.awsapps.com/start
                  region: us-east-1
                  browser: evil --now
              identities:
                ci:
                  kind: aws/permission-set
                  via: {provider: sso}
                  principal: {name: Admin, account: dev}
            """);
    asksOnce("run a command", "auth", "login", "ci");
    assertThat(aws.calls()).isEmpty();
    assertThat(atmos.run("auth", "login", "ci").exitCode()).isZero();
  }

  @Test
  void endpoint_withARealSignIn_asksOnce() {
    atmos
        .env("AWS_ENDPOINT_URL", "")
        .file("atmos.yaml", user("      spec: {endpoint_url: \"" + aws.url() + "\"}\n"));
    atmos.token().token();
    asksOnce("send something to a host", "auth", "whoami", "-i", "ci");
    assertThat(atmos.run("auth", "whoami", "-i", "ci").exitCode()).isZero();
  }

  @Test
  void commandForCodes_asksOnce() {
    atmos.file(
        "atmos.yaml",
        user(
            """
                    mfa_arn: arn:aws:iam::111111111111:mfa/jane
                    mfa_command: totp aws
            """));
    asksOnce("run a command", "auth", "login", "ci");
    assertThat(atmos.commandsRun()).isEmpty();
    assertThat(atmos.run("auth", "login", "ci").stderr()).doesNotContain("config trust");
  }

  @Test
  void commandForCodes_runsInTheDirectoryOfItsFile_andAsksOnceForItsScript() {
    atmos
        .file("sub/code.sh", "echo 1")
        .file("atmos.yaml", "import: [sub/keys.yaml]\n")
        .file(
            "sub/keys.yaml",
            user(
                """
                        mfa_arn: arn:aws:iam::111111111111:mfa/jane
                        mfa_command: ./code.sh
                """))
        .env("ATMOS_CONFIG", "/project/atmos.yaml");
    atmos.run("config", "trust", "--yes");
    assertThat(atmos.run("auth", "login", "ci").stderr()).contains("'mfa_command'");
    Processes.Program run = atmos.machine().processes().runs().getLast();
    assertThat(run.words()).containsExactly("sh", "-c", "./code.sh");
    assertThat(run.directory()).hasToString("/project/sub");
    int runs = atmos.machine().processes().runs().size();
    atmos.file("sub/code.sh", "echo 2");
    assertThat(atmos.run("auth", "login", "ci").stderr())
        .contains("the script /project/sub/code.sh has changed since you trusted it");
    assertThat(atmos.machine().processes().runs()).hasSize(runs);
  }

  @Test
  void includedVariables_forAnotherIdentity_askAgain() {
    String other =
        """
            other:
              kind: aws/user
              credentials:
                access_key_id: !env AWS_ACCESS_KEY_ID
                secret_access_key: !env AWS_SECRET_ACCESS_KEY
              env: !include env.yaml
        """;
    atmos
        .file("atmos.yaml", user("      env: !include env.yaml\n") + "    last: {kind: mock/aws}\n")
        .file("env.yaml", "STAGE: dev\n");
    String[] exec = {"auth", "exec", "-i", "ci", "--", "tool"};
    assertThat(atmos.run(exec).stderr()).contains("/project/env.yaml:1:", "set a variable");
    assertThat(atmos.run("config", "trust", "--yes", "/project/env.yaml").exitCode()).isZero();
    assertThat(atmos.run(exec).stderr()).isEmpty();

    atmos.file("atmos.yaml", user("      env: !include env.yaml\n") + other);
    assertThat(atmos.run(exec).stderr()).isEmpty();
    exec[3] = "other";
    AtmosRun.Result refused = atmos.run(exec);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.stderr())
        .contains("/project/env.yaml:1:", "run: atmos config trust /project/env.yaml");
    assertThat(atmos.run("config", "trust", "--yes", "/project/env.yaml").stderr())
        .contains(
            "auth.identities.ci.env.STAGE in /project/atmos.yaml (new)",
            "also at auth.identities.other.env.STAGE in /project/atmos.yaml\n");
    assertThat(atmos.run(exec).stderr()).isEmpty();
  }

  @Test
  void pattern_thatLeadsOut_asksForEachFile() {
    atmos
        .file("atmos.yaml", "import: [\"../shared/*.yaml\"]\n" + user(""))
        .directory(".git")
        .file("/shared/a.yaml", "auth: {realm: one}\n");
    assertThat(atmos.run("config", "trust", "--yes").stderr()).contains("/shared/a.yaml");
    assertThat(atmos.run("auth", "exec", "--", "tool").stderr()).isEmpty();
    atmos.file("/shared/b.yaml", "auth: {realm: two}\n");

    AtmosRun.Result refused = atmos.run("auth", "exec", "--", "tool");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.stderr())
        .contains("/project/atmos.yaml:1:", "/shared/b.yaml", "run: atmos config trust");
    assertThat(atmos.run("config", "trust", "--yes").stderr()).contains("/shared/b.yaml");
    assertThat(atmos.run("auth", "exec", "--", "tool").stderr()).isEmpty();
  }

  @Test
  void file_thatTheCommandLineNames_isTrustedByTheProfileOfItsPrograms() {
    atmos
        .file("other.yaml", user("").replace("!env AWS_SECRET_ACCESS_KEY", "!exec get-key"))
        .command("get-key", AtmosRun.SECRET);
    String command = profileCommand("auth", "exec", "--config=other.yaml", "--", "tool");
    assertThat(command).endsWith("credential-process --identity ci --config /project/other.yaml");
    assertThat(asked(command).stdout()).contains("\"SessionToken\"");

    // A variable still grants nothing, and the message leads on.
    atmos.env("ATMOS_CONFIG", "/project/other.yaml");
    AtmosRun.Result refused = atmos.run("auth", "credential-process", "-i", "ci");
    assertThat(refused.stderr()).contains("run: atmos config trust /project/other.yaml");
  }

  @Test
  void choiceOfAProfile_thatSaysHowSecretsAreKept_asksOnce() {
    atmos
        .file("~/.config/atmos/atmos.yaml", "profiles: {default: strong}\n")
        .file("~/.config/atmos/profiles/strong/k.yaml", "auth: {keyring: {type: memory}}\n")
        .file("~/.config/atmos/profiles/other/r.yaml", "auth: {realm: other}\n")
        .file("atmos.yaml", "profiles: {default: other}\n" + user(""));
    assertThat(atmos.run("config", "show", "auth.keyring").stdout()).contains("memory");
    assertThat(atmos.run("config", "show", "auth.realm").stdout()).contains("other");
    assertThat(atmos.run("auth", "validate").stderr())
        .contains(
            "/project/atmos.yaml:1:21: warning: this file is not trusted",
            "'auth.keyring' is left out");
    assertThat(atmos.token().stderr()).isEmpty();
    assertThat(atmos.run("config", "trust", "--yes").stderr()).contains("profiles.default");
    assertThat(atmos.run("config", "show", "auth.keyring").stdout()).doesNotContain("memory");
  }

  /** The command of the profile that a program gets. */
  private String profileCommand(String... words) {
    Set<String> before = atmos.files().keySet();
    assertThat(atmos.run(words).stderr()).isEmpty();
    Map<String, String> made = new TreeMap<>(atmos.files());
    made.keySet().removeAll(before);
    return made.values().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("credential_process = "))
        .findFirst()
        .orElseThrow();
  }

  /** What such a command answers, given its variables and words. */
  private AtmosRun.Result asked(String command) {
    List<String> words =
        Stream.of(command.replace("'", "").split(" ", -1))
            .skip(3)
            .collect(toCollection(ArrayList::new));
    while (words.getFirst().contains("=")) {
      String[] variable = words.removeFirst().split("=", 2);
      atmos.env(variable[0], variable[1]);
    }
    return atmos.unchecked(words.subList(1, words.size()).toArray(String[]::new));
  }
}
