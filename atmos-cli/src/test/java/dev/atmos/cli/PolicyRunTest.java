package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy of the machine allows and refuses, in whole runs: every rule, both ways. */
final class PolicyRunTest {
  static final String FILE = "/etc/atmos/policy.yaml";
  private static final String NEWER_KEY = "AKIAQNZGKIQY56JQ7WML";
  private static final String USERS =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials:
              region: us-east-2
              access_key_id: AKIAQNZGKIQY56JQ7WML
              secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
      """;

  private static final String AMBIENT =
      """
      auth:
        identities:
          here: {kind: aws/ambient, default: true}
      """;

  private static AtmosRun with(String... lines) {
    return AtmosRun.unix().file(FILE, String.join("\n", lines) + "\n");
  }

  private static AtmosRun user(AtmosRun atmos) {
    return atmos.file("atmos.yaml", USERS).knows(NEWER_KEY, AtmosRun.SECRET);
  }

  private static String refusal(int line, String thing) {
    return "the policy of this machine ("
        + FILE
        + ":"
        + line
        + ") doesn't allow "
        + thing
        + "; see what it allows: atmos config policy";
  }

  // ---- the file

  @ParameterizedTest
  @EnumSource
  void policy_thatIsMissing_changesNothing(View view) {
    AtmosRun atmos = view.atmos().keys();
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.run("config", "policy").answer())
        .startsWith("This machine has no policy. One would be in ")
        .endsWith("policy.yaml\n");
    assertThat(atmos.run("config", "policy", "--output", "json").answer())
        .contains("\"present\": false", "\"rules\": []");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alow: {stores: [system]}|1:1: unknown key 'alow' (did you mean allow?)",
        "allow: {store: [system]}|1:9: unknown key 'store' (did you mean stores?)",
        "allow: {stores: system}|1:17: 'stores' must be a list, and is a text",
        "allow: {stores: !env X}|1:17: a policy takes no tags, anchors and aliases",
        "allow: &a {static: false}|1:8: a policy takes no tags, anchors and aliases",
        "allow: {stores: [*a]}|1:18: a policy takes no tags, anchors and aliases",
        "allow:|1:7: a value is missing here",
        "allow: {accounts: [1234]}|1:20: an item of 'accounts'",
        "allow: {regions: ['eu*']}|1:19: an item of 'regions'",
        "allow: {start_urls: ['https://a*.example']}|1:22: an item of 'start_urls'",
        "allow: {plugins: [abc]}|1:19: an item of 'plugins'",
        "allow: {static: no}|1:17: 'static'",
        "trust: {users: maybe}|1:16: 'users'",
        "audit: {required: true}|1:1: 'file' is missing from 'audit'",
        "audit: {file: audit.log}|1:9: 'file' must be an absolute path",
        "allow: {static: true, static: false}|1:23: this key stands here twice",
        "- allow|1:1: 'policy' must be a mapping, and is a list",
        "allow: [|the file ends within a '['",
      })
  void policy_thatCantBeUsed_stopsEveryOtherCommandByOneLine(String text, String problem) {
    AtmosRun atmos = user(with(text));
    for (String command :
        List.of(
            "aws eks token --cluster-name demo --region us-east-2",
            "auth env --static",
            "auth exec -- tool",
            "auth login",
            "auth list",
            "config show",
            "config trust",
            "config policy")) {
      atmos
          .run(command.split(" ", -1))
          .failedSaying(
              2,
              "the policy of this machine can't be used: " + FILE + ":",
              problem,
              "an administrator has to correct it; until then these work: atmos auth logout, ");
    }
    assertThat(atmos.run("completion", "bash").exitCode()).isZero();
    assertThat(atmos.run("version").answer()).startsWith("atmos ");
    assertThat(atmos.run("auth", "login", "--help").answer()).contains("Usage");
    assertThat(atmos.run("auth", "logout", "dev").exitCode()).isZero();
    assertThat(atmos.run("auth", "__complete", "l").exitCode()).isZero();
  }

  @Test
  void policy_thatSaysNothing_cantBeUsed() {
    with("# later").keys().token().failedSaying(2, "it says nothing");
  }

  @Test
  void policy_isNotReplacedByVariablesOrOptions() {
    AtmosRun atmos =
        user(with("allow:", "  static: false"))
            .file("/tmp/atmos/policy.yaml", "allow: {static: true}\n")
            .file("policy.yaml", "allow: {static: true}\n")
            .env("ATMOS_XDG_CONFIG_HOME", "/tmp")
            .env("XDG_CONFIG_DIRS", "/tmp")
            .env("XDG_CONFIG_HOME", "/tmp")
            .env("ATMOS_CLI_CONFIG_PATH", "/tmp")
            .env("ATMOS_TRUSTED_PATHS", "/");
    for (String options : List.of("", " --config policy.yaml", " --config-path /tmp")) {
      atmos.run(("auth env --static -f json" + options).split(" ", -1)).failedShowing(2, "");
    }
    atmos
        .run("auth", "env", "--static", "-f", "json")
        .failed(2, "--static: " + refusal(2, "keys in variables"));
  }

  // ---- the rules

  @ParameterizedTest
  @ValueSource(strings = {"auth env --static -f json", "auth exec --static -- tool"})
  void staticKeys_whereTheyAreNotAllowed_areNotGiven(String command) {
    AtmosRun atmos = user(with("allow:", "  static: false")).program("tool", "bin/tool");
    atmos.run(command.split(" ", -1)).failed(2, "--static: " + refusal(2, "keys in variables"));
    assertThat(atmos.attached()).isEmpty();
  }

  @Test
  void account_ofAKey_isReadFromItsName() {
    assertThat(user(with("allow: {accounts: ['029608264753']}")).token().token()).isNotEmpty();
    user(with("allow:", "  accounts: ['111122223333']"))
        .token()
        .failed(2, "identity 'dev': " + refusal(2, "the account '029608264753'"));
  }

  @Test
  void account_thatIsntKnown_isRefused() {
    with("allow: {accounts: ['111122223333']}")
        .keys()
        .token()
        .failed(
            2, "the environment's credentials: " + refusal(1, "credentials of an unknown account"));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-2, true",
    "us-*, true",
    "us-east-*, true",
    "eu-*, false",
    "us-east-1, false"
  })
  void region_ofAToken_isOneOfTheList(String pattern, boolean allowed) {
    AtmosRun.Result result = with("allow: {regions: ['" + pattern + "']}").keys().token();
    if (allowed) {
      assertThat(result.token()).isNotEmpty();
    } else {
      result.failed(2, "--region: " + refusal(1, "the region 'us-east-2'"));
    }
  }

  @Test
  void region_ofAnIdentity_isOneOfTheList() {
    AtmosRun atmos = user(with("allow: {regions: [eu-west-1]}"));
    atmos
        .run("aws", "eks", "token", "--cluster-name", "demo", "--region", "eu-west-1")
        .failed(2, "identity 'dev': " + refusal(1, "the region 'us-east-2'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "AWS_DEFAULT_REGION"})
  void region_thatProgramsGet_isOneOfTheList(String variable) {
    AtmosRun atmos =
        with("allow:", "  regions: [us-east-2]")
            .file(
                "~/.config/atmos/atmos.yaml",
                USERS.replace(
                    "default: true",
                    "default: true\n" + "      env: {" + variable + ": eu-west-1}"))
            .knows(NEWER_KEY, AtmosRun.SECRET)
            .program("tool", "bin/tool")
            .program("atmos", "bin/atmos");
    for (String command : List.of("auth env", "auth exec -- tool", "auth shell --shell tool")) {
      atmos
          .run(command.split(" ", -1))
          .failed(2, variable + ": " + refusal(2, "the region 'eu-west-1'"));
    }
    assertThat(atmos.attached()).isEmpty();
    atmos.file("~/.config/atmos/atmos.yaml", AMBIENT).env(variable, "eu-west-1").keys();
    atmos
        .run("auth", "exec", "--", "tool")
        .failed(2, "AWS_REGION: " + refusal(2, "the region 'eu-west-1'"));
    atmos.env(variable, "us-east-2");
    assertThat(atmos.run("auth", "exec", "--", "tool").exitCode()).isZero();
  }

  @Test
  void region_thatNobodyNamed_isOneOfTheList() {
    AtmosRun atmos =
        with("allow:", "  regions: [us-east-2]")
            .file("atmos.yaml", USERS.replace("region: us-east-2", ""))
            .knows(NEWER_KEY, AtmosRun.SECRET);
    atmos.run("auth", "whoami").failed(2, "a call of STS: " + refusal(2, "the region 'us-east-1'"));
    assertThat(atmos.machine().connections()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_BEARER_TOKEN_BEDROCK", "TF_VAR_db_password", "STAGE", "AWS_PAGER"})
  void staticKeys_ofTheConfiguration_areNotGiven(String variable) {
    AtmosRun atmos =
        with("allow:", "  static: false")
            .file(
                "~/.config/atmos/atmos.yaml",
                USERS.replace(
                    "default: true", "default: true\n" + "      env: {" + variable + ": anything}"))
            .knows(NEWER_KEY, AtmosRun.SECRET)
            .program("tool", "bin/tool")
            .program("atmos", "bin/atmos");
    for (String command : List.of("auth env", "auth exec -- tool", "auth shell --shell tool")) {
      atmos
          .run(command.split(" ", -1))
          .failed(2, variable + " of identity 'dev': " + refusal(2, "keys in variables"));
    }
    assertThat(atmos.attached()).isEmpty();
  }

  /** The environment of an identity with these variables, where no keys are allowed. */
  private static AtmosRun variables(String rule, String variables) {
    String env = "default: true\n      env: {" + variables + "}";
    return with("allow:", "  " + rule)
        .file("~/.config/atmos/atmos.yaml", USERS.replace("default: true", env))
        .knows(NEWER_KEY, AtmosRun.SECRET)
        .program("atmos", "bin/atmos");
  }

  @Test
  void variables_thatCanHoldNoKey_areGivenWhereNoKeysAreAllowed() {
    String harmless =
        "AWS_PAGER: '', AWS_REGION: eu-west-1, AWS_MAX_ATTEMPTS: '5', AWS_USE_FIPS_ENDPOINT:"
            + " 'true', LEVEL: '3'";
    assertThat(variables("static: false", harmless).run("auth", "env", "-f", "json").answer())
        .contains("\"AWS_USE_FIPS_ENDPOINT\": \"true\"", "\"LEVEL\": \"3\"");
  }

  @Test
  void endpoint_thatProgramsGet_isOneOfTheList() {
    variables(
            "start_urls: ['https://proxy.example']", "AWS_ENDPOINT_URL_S3: 'https://evil.example'")
        .run("auth", "env")
        .failed(
            2, "AWS_ENDPOINT_URL_S3 of identity 'dev': " + refusal(2, "'https://evil.example'"));
    assertThat(
            variables(
                    "start_urls: ['https://proxy.example']",
                    "AWS_ENDPOINT_URL_S3: 'https://proxy.example/'")
                .run("auth", "env", "-f", "json")
                .answer())
        .contains("proxy.example");
  }

  /** SDKs put it into the names of hosts. */
  @ParameterizedTest
  @CsvSource({
    "us-east-2@evil.example/#, is not an AWS region",
    "us-east-2.evil.example, is not an AWS region",
    "' ', doesn't allow the region"
  })
  void region_thatOnlyBeginsAsAnAllowedOne_isRefused(String region, String fault) {
    variables("regions: ['us-*', us-east-2]", "AWS_PAGER: ''")
        .env("AWS_REGION", region)
        .file("~/.config/atmos/atmos.yaml", AMBIENT)
        .keys()
        .run("auth", "env")
        .failedSaying(2, "AWS_REGION", fault);
  }

  @Test
  void staticKeys_thatAreNeeded_areNotAdvised() {
    AtmosRun atmos =
        with("allow:", "  static: false")
            .keys()
            .file(
                "atmos.yaml",
                AMBIENT
                    + "    role:\n"
                    + "      kind: aws/assume-role\n"
                    + "      via: {identity: here}\n"
                    + "      principal: {assume_role: 'arn:aws:iam::111122223333:role/r'}\n");
    atmos
        .run("auth", "env", "-i", "role")
        .failed(2, "identity 'role': " + refusal(2, "keys in variables"));
  }

  @Test
  void staticKeys_inPlaceOfAProfile_areAdvisedOnlyWhereTheyAreAllowed() {
    for (String rule : List.of("true", "false")) {
      AtmosRun atmos =
          with("allow: {static: " + rule + "}")
              .file("atmos.yaml", USERS)
              .knows(NEWER_KEY, AtmosRun.SECRET);
      AtmosRun.Result said = atmos.run("auth", "env");
      assertThat(said.stderr().contains("--static")).isEqualTo(rule.equals("true"));
      assertThat(said.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void plugins_whereNoneIsAllowed_areNotLoaded() {
    AtmosRun atmos =
        with("allow: {plugins: []}")
            .file(
                "~/.local/share/atmos/plugins/index.properties",
                """
                plugins=hello
                hello/version=1.0
                hello/api=0.2
                hello/class=example.Hello
                hello/command.hello=Says hello
                hello/jars=hello.jar
                """)
            .file("~/.local/share/atmos/plugins/hello/1.0/hello.jar", "no jar");
    atmos.run("hello").failedSaying(2, "hello", "(" + FILE + ":1) doesn't allow a jar with");
  }

  // ---- trust

  private static final String ASKING =
      "auth: {identities: {dev: {kind: mock/aws, default: true, env: {STAGE: dev}}}}\n";

  @Test
  void trust_ofUsers_whereItIsDenied_isNeitherGivenNorKept() {
    AtmosRun atmos = AtmosRun.unix().file("atmos.yaml", ASKING).program("atmos", "bin/atmos");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.run("auth", "env", "-f", "json").answer()).contains("STAGE");
    atmos.file(FILE, "trust:\n  users: denied\n");
    atmos
        .run("auth", "env", "-f", "json")
        .failedSaying(
            2,
            "/project/atmos.yaml:1:",
            "this file is not trusted, and wants to set a variable for programs",
            refusal(2, "to trust it"));
    atmos
        .run("config", "trust", "--yes")
        .failed(2, "config trust: " + refusal(2, "users to trust a file"));
  }

  @Test
  void trust_byYes_whereItIsDenied_needsAnAnswer() {
    AtmosRun atmos = with("trust: {yes: denied}").file("atmos.yaml", ASKING);
    atmos
        .run("config", "trust", "--yes")
        .failedSaying(2, "(" + FILE + ":1) doesn't allow --yes; answer its question: atmos config");
    assertThat(atmos.typing("y").run("config", "trust").stderr()).contains("Trusted: ");
  }

  @Test
  void trust_byNaming_whereItIsDenied_isNotGiven() {
    AtmosRun atmos = AtmosRun.unix().file("other.yaml", ASKING).program("atmos", "bin/atmos");
    String[] words = {"auth", "env", "-f", "json", "--config", "other.yaml"};
    assertThat(atmos.run(words).answer()).contains("STAGE");
    atmos.file(FILE, "trust: {config: denied}\n");
    atmos
        .run(words)
        .failedSaying(
            2,
            "/project/other.yaml:1:",
            "this file is not trusted",
            "(" + FILE + ":1) doesn't allow --config to trust it",
            "; read it, then run: atmos config trust /project/other.yaml");
    assertThat(atmos.run("config", "trust", "--yes", "--config", "other.yaml").stderr())
        .contains("Trusted: /project/other.yaml");
    assertThat(atmos.run(words).answer()).contains("STAGE");
  }

  @Test
  void trust_byPaths_whereItIsDenied_isNotGiven() {
    AtmosRun atmos =
        AtmosRun.unix()
            .file("atmos.yaml", ASKING)
            .program("atmos", "bin/atmos")
            .env("ATMOS_TRUSTED_PATHS", "/project");
    assertThat(atmos.run("auth", "env", "-f", "json").answer()).contains("STAGE");
    atmos.file(FILE, "trust: {trusted_paths: denied}\n");
    atmos
        .run("auth", "env", "-f", "json")
        .failedSaying(
            2,
            "this file is not trusted",
            "(" + FILE + ":1) doesn't allow ATMOS_TRUSTED_PATHS to trust it",
            "; read it, then run: atmos config trust /project/atmos.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "yes", "config", "trusted_paths"})
  void trust_byAPlaceThatAVariableMoves_isNotGivenWhereTrustIsDenied(String rule) {
    AtmosRun atmos =
        AtmosRun.unix()
            .file("~/.config/atmos/atmos.yaml", ASKING)
            .program("atmos", "bin/atmos")
            .file(FILE, "trust: {" + rule + ": denied}\n");
    assertThat(atmos.run("auth", "env", "-f", "json").answer()).contains("STAGE");
    atmos.machine().home("/home/account");
    atmos.run("auth", "env", "-f", "json").failedSaying(2, "this file is not trusted");
    atmos.file(FILE, "trust: {" + rule + ": allowed}\n");
    assertThat(atmos.run("auth", "env", "-f", "json").answer()).contains("STAGE");
  }

  // ---- config policy

  @Test
  void configPolicy_ofRules_showsThemWithTheirLines() {
    AtmosRun atmos =
        with(
            "allow:",
            "  stores: [system, file]",
            "  plugins: []",
            "trust:",
            "  users: denied",
            "audit:",
            "  file: /var/log/atmos/audit.jsonl");
    assertThat(atmos.run("config", "policy").answer())
        .isEqualTo(
            """
            The policy of this machine is in /etc/atmos/policy.yaml

            LINE  RULE           EFFECT                                             VALUE
            2     allow.stores   Where sign-ins are kept                            system, file
            3     allow.plugins  SHA-256 of the jars of plugins that are loaded     (none)
            5     trust.users    Trust in files by atmos config trust               denied
            7     audit.file     The file that gets a line of JSON for each event.  /var/log/atmos/audit.jsonl
            """);
    assertThat(atmos.run("config", "policy", "-o", "json").answer())
        .contains(
            "\"file\": \"/etc/atmos/policy.yaml\"",
            "\"present\": true",
            "\"rule\": \"allow.stores\"",
            "\"line\": 2",
            "\"effect\": \"Where sign-ins are kept\"");
  }

  @Test
  void examples_ofTheDocument_areInForceAsTheyAre() throws IOException {
    String document =
        Files.readString(Path.of(System.getProperty("basedir", "."), "../docs/policy.md"));
    List<String> examples =
        Pattern.compile("(?s)```yaml\\n(.*?)```")
            .matcher(document)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).hasSize(3);
    for (String example : examples) {
      String shown = AtmosRun.unix().file(FILE, example).run("config", "policy").answer();
      assertThat(shown).contains("allow.stores");
      assertThat(shown.lines().skip(3))
          .allSatisfy(line ->
              assertThat(document).contains("| `" + line.replaceAll(" +", " ").split(" ", -1)[1]));
    }
  }
}
