package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.protocol.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of the machine and the audit log at sign-ins, and of what follows them. */
final class PolicySignInRunTest {
  private static final String AUDIT = "/var/log/atmos/audit.jsonl";
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            default: true
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}, region: us-east-2}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
      """;

  private static final String[] TOKEN =
      "aws eks token --cluster-name demo --region us-east-2".split(" ", -1);

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  private AtmosRun atmos(String... policy) {
    return corp.connect(
        AtmosRun.unix()
            .file("atmos.yaml", CONFIGURATION)
            .file(PolicyRunTest.FILE, String.join("\n", policy) + "\n")
            .program("atmos", "bin/atmos")
            .program("tool", "bin/tool"));
  }

  private String urls(String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("'" + corp.aws.url() + "'");
    return "allow: {start_urls: " + all + "}";
  }

  private static AtmosRun.Result login(AtmosRun atmos, String... more) {
    List<String> words = new ArrayList<>(List.of("auth", "login", "--no-browser"));
    words.addAll(List.of(more));
    return atmos.run(words.toArray(String[]::new));
  }

  private static String said(AtmosRun.Result result) {
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(2);
    return result.stderr();
  }

  @ParameterizedTest
  @CsvSource({
    "https://corp.awsapps.com/start, true",
    "https://corp.awsapps.com/start/, true",
    "https://*.awsapps.com/start, true",
    "https://corp.awsapps.com/*, true",
    "https://other.awsapps.com/start, false",
    "https://*.com/start, false",
    "https://corp.awsapps.com, false",
    "https://corp.awsapps.com/start/*, false",
    "https://*.corp.awsapps.com/start, false",
  })
  void startUrl_ofAProvider_isOneOfTheList(String pattern, boolean allowed) {
    AtmosRun atmos = atmos(urls("'" + pattern + "'"));
    AtmosRun.Result result = login(atmos);
    if (allowed) {
      assertThat(result.exitCode()).as(result.stderr()).isZero();
      assertThat(atmos.run("auth", "credential-process").answer()).contains("AccessKeyId");
    } else {
      assertThat(said(result))
          .contains(
              "provider 'corp': the policy of this machine (/etc/atmos/policy.yaml:1) doesn't allow"
                  + " 'https://corp.awsapps.com/start'");
      assertThat(corp.aws.calls()).isEmpty();
    }
  }

  @Test
  void endpoint_ofAVariable_isOneOfTheList() {
    AtmosRun atmos = atmos("allow: {start_urls: ['" + CorpCenter.URL + "']}");
    assertThat(said(login(atmos)))
        .contains("the endpoint of SSO OIDC: the policy of this machine", "'" + corp.aws.url());
    assertThat(corp.aws.calls()).isEmpty();
  }

  @Test
  void store_thatIsNotAllowed_keepsNothing() {
    AtmosRun atmos = atmos("allow:", "  stores: [system]");
    assertThat(said(login(atmos)))
        .contains(
            "the sign-in: the policy of this machine (/etc/atmos/policy.yaml:2) doesn't allow the"
                + " store 'plain'");
    assertThat(atmos.files().keySet()).noneMatch(file -> file.contains("/sign-in/plain"));
  }

  @Test
  void store_thatIsNoLongerAllowed_isNotReadButEmptied() {
    AtmosRun atmos = atmos("allow: {stores: [plain]}");
    assertThat(login(atmos).exitCode()).isZero();
    atmos.file(PolicyRunTest.FILE, "allow: {stores: [system]}\n");
    atmos.machine().clock().advance(Duration.ofHours(2));
    assertThat(said(atmos.run("auth", "env", "--static", "-i", "dev", "-f", "json")))
        .contains("doesn't allow the store 'plain'");
    assertThat(atmos.run("auth", "logout", "--all").exitCode()).isZero();
    assertThat(atmos.files().values()).noneMatch(text -> text.contains("corp.awsapps.com/start\""));
  }

  @Test
  void region_ofAProvider_isOneOfTheList() {
    assertThat(said(login(atmos("allow: {regions: [us-east-2]}"))))
        .contains("provider 'corp': ", "doesn't allow the region 'us-east-1'");
    assertThat(corp.aws.calls()).isEmpty();
    assertThat(login(atmos("allow: {regions: [us-east-1, us-east-2]}")).exitCode()).isZero();
  }

  @Test
  void account_ofARoleOrPermissionSet_isOneOfTheList() {
    AtmosRun atmos = atmos("allow: {accounts: ['" + CorpCenter.ACCOUNT + "']}");
    assertThat(login(atmos).exitCode()).isZero();
    corp.credentials(atmos, "dev");
    assertThat(atmos.token().token()).isNotEmpty();
    atmos
        .token("--identity", "prod")
        .failedSaying(2, "identity 'prod': ", "doesn't allow the account '222222222222'");
    assertThat(corp.aws.count(Operation.ASSUME_ROLE)).isZero();
    // Credentials that are there already are not given out either.
    atmos.file(PolicyRunTest.FILE, "allow: {accounts: ['222222222222']}\n");
    atmos
        .token()
        .failedSaying(2, "identity 'dev': ", "doesn't allow the account '" + CorpCenter.ACCOUNT);
    atmos
        .run("auth", "credential-process", "-i", "dev")
        .failedSaying(2, "doesn't allow the account '" + CorpCenter.ACCOUNT);
    assertThat(said(atmos.run("auth", "exec", "--", "tool"))).contains("doesn't allow");
    assertThat(atmos.attached()).isEmpty();
  }

  /** What each rule stops, of the commands that give credentials out or ask AWS for something. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "accounts: ['222222222222']   | identity 'dev'  | the account '111111111111'",
        "regions: [us-east-1]         | identity 'dev'  | the region 'us-east-2'",
        "regions: [us-east-2]         | provider 'corp' | the region 'us-east-1'",
        "start_urls: ['https://a.io'] | provider 'corp' | 'https://corp.awsapps.com/start'",
      })
  void rule_thatForbidsAnIdentity_stopsEveryCommandThatUsesIt(
      String rule, String subject, String thing) {
    AtmosRun atmos = atmos("allow: {accounts: ['" + CorpCenter.ACCOUNT + "']}");
    assertThat(login(atmos).exitCode()).isZero();
    corp.credentials(atmos, "dev");
    atmos.file(PolicyRunTest.FILE, "allow:\n  " + rule + "\n");
    int calls = corp.aws.calls().size();
    Map<String, String> before = atmos.files();
    for (String command :
        List.of(
            "aws eks token --cluster-name demo --region us-east-1 --identity dev",
            "aws eks token --cluster-name demo --region us-east-2 --identity dev",
            "aws eks update-kubeconfig --name demo --region us-east-1 --identity dev",
            "aws eks update-kubeconfig --name demo",
            "auth credential-process",
            "auth env",
            "auth env --static",
            "auth env --login",
            "auth exec -- tool",
            "auth exec --static -- tool",
            "auth login",
            "auth login --force",
            "auth shell --shell tool",
            "auth whoami")) {
      AtmosRun.Result result = atmos.run(command.split(" ", -1));
      assertThat(result.exitCode()).as(command + result.stderr()).isEqualTo(2);
      assertThat(result.stderr()).as(command).contains("(" + PolicyRunTest.FILE + ":2) doesn't");
      if (!command.contains("--region")) {
        assertThat(result.stderr()).startsWith("atmos: " + subject + ": ").contains(thing + ";");
      }
    }
    assertThat(atmos.attached()).isEmpty();
    assertThat(corp.aws.calls()).hasSize(calls);
    assertThat(atmos.files()).isEqualTo(before);
    for (String command :
        List.of("auth list", "auth validate", "auth env --unset", "config show")) {
      assertThat(atmos.run(command.split(" ", -1)).exitCode()).as(command).isZero();
    }
    assertThat(atmos.run("auth", "logout", "--all").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth env --static", "auth exec --static -- tool", "auth shell --static"})
  void staticKeys_whereTheyAreNotAllowed_areRefusedBeforeASignIn(String command) {
    AtmosRun atmos = atmos("allow: {static: false}").watched();
    assertThat(said(atmos.run(command.split(" ", -1)))).startsWith("atmos: --static: the policy");
    assertThat(corp.aws.calls()).isEmpty();
    assertThat(atmos.attached()).isEmpty();
  }

  // ---- audit

  @Test
  void audit_ofAll_hasALineForEachEventAndNoSecret() {
    AtmosRun atmos = atmos("audit:", "  file: " + AUDIT);
    assertThat(login(atmos).exitCode()).isZero();
    corp.credentials(atmos, "prod");
    assertThat(atmos.token("--identity", "prod").token()).isNotEmpty();
    assertThat(atmos.run("auth", "exec", "-i", "dev", "--", "tool", "hidden-word").exitCode())
        .isZero();
    assertThat(atmos.run("auth", "logout", "--provider", "corp").exitCode()).isZero();
    List<String> lines = atmos.content(AUDIT).lines().toList();
    assertThat(lines)
        .extracting(line -> line.replaceAll(".*\"event\":\"([a-z_]+)\".*", "$1"))
        .containsExactly("credentials", "sign_in", "credentials", "token", "program", "logout");
    assertThat(lines).allSatisfy(AuditDocumentTest::check);
    assertThat(lines.get(0))
        .contains("\"identity\":\"dev\",\"account\":\"" + CorpCenter.ACCOUNT + "\"");
    assertThat(lines.get(1)).contains("\"provider\":\"corp\",\"identity\":\"dev\"");
    assertThat(lines.get(3))
        .startsWith("{\"time\":\"2025-01-15T12:0")
        .contains(
            "\"event\":\"token\",\"identity\":\"prod\",\"account\":\"222222222222\"",
            "\"role\":\"arn:aws:iam::222222222222:role/Deploy\"",
            "\"cluster\":\"demo\",\"region\":\"us-east-2\"",
            "\"pid\":4711,\"parent_pid\":42,\"parent\":\"kubectl\"}");
    assertThat(lines.get(4)).contains("\"program\":\"tool\"").doesNotContain("hidden-word");
    for (String secret : corp.aws.secrets()) {
      assertThat(atmos.content(AUDIT)).doesNotContain(secret);
    }
    assertThat(atmos.content(AUDIT)).doesNotContain("k8s-aws-v1.");
  }

  @Test
  void audit_thatCantBeWritten_isCounted() {
    AtmosRun atmos = atmos("audit: {file: " + AUDIT + "}").keys();
    atmos.machine().refuseAppends("No space left on device");
    assertThat(atmos.token("--identity", "dev").exitCode()).isEqualTo(4);
    atmos.env("ATMOS_IDENTITY", "off");
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.run("config", "policy").answer())
        .endsWith("Events of yours that couldn't be written to the audit log: 2\n");
    assertThat(atmos.run("config", "policy", "-o", "json").answer())
        .contains("\"dropped_events\": 2");
  }

  @Test
  void audit_thatHasToBeWritten_stopsWhatItCantRecord() {
    AtmosRun atmos = atmos("audit: {file: " + AUDIT + ", required: true}").keys();
    atmos.machine().refuseAppends("No space left on device");
    atmos.env("ATMOS_IDENTITY", "off");
    atmos
        .token()
        .failed(
            6,
            "the audit log " + AUDIT + " has to be written, and can't be: no space left on device");
    atmos.env("ATMOS_IDENTITY", "");
    assertThat(login(atmos).exitCode()).isEqualTo(6);
    assertThat(atmos.files().keySet()).noneMatch(file -> file.endsWith("credentials"));
  }

  @Test
  void audit_thatCantBeOpened_stopsASignInBeforeItBegins() {
    AtmosRun atmos = atmos("audit: {file: " + AUDIT + ", required: true}");
    atmos.machine().refuseAppends("permission denied");
    assertThat(login(atmos).exitCode()).isEqualTo(6);
    assertThat(corp.aws.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"permission denied", "no space left on device"})
  void audit_ofALogoutThatCantBeWritten_failsWhenAllIsRemoved(String why) {
    AtmosRun atmos = atmos("audit: {file: " + AUDIT + ", required: true}");
    assertThat(login(atmos).exitCode()).isZero();
    atmos.machine().refuseAppends(why);
    AtmosRun.Result logout = atmos.unchecked("auth", "logout", "--all");
    assertThat(logout.exitCode()).isEqualTo(6);
    assertThat(logout.stderr()).contains("done: ", "has to be written, and can't be: " + why);
    assertThat(atmos.files().keySet()).noneMatch(file -> file.contains("/auth/roles/"));
  }

  @Test
  void audit_ofASecretInPlaceOfAKeyId_doesntShowIt() {
    AtmosRun atmos =
        atmos("audit: {file: " + AUDIT + "}")
            .env("ATMOS_IDENTITY", "off")
            .env("AWS_ACCESS_KEY_ID", AtmosRun.SECRET)
            .env("AWS_SECRET_ACCESS_KEY", AtmosRun.KEY_ID);
    // The key id is a part of every token.
    assertThat(atmos.unchecked(TOKEN).exitCode()).isZero();
    assertThat(atmos.content(AUDIT))
        .contains("\"event\":\"token\"")
        .doesNotContain("access_key_id", AtmosRun.SECRET);
  }

  @Test
  void audit_ofTheUsersOwnFile_isNotReplacedByAProject() {
    AtmosRun atmos =
        AtmosRun.unix()
            .keys()
            .file("~/.config/atmos/atmos.yaml", "audit: {file: ~/audit.jsonl}\n")
            .file("atmos.yaml", "audit: !unset\n");
    assertThat(atmos.token().token()).isNotEmpty();
    atmos.file("atmos.yaml", "audit: {file: /tmp/other.jsonl}\n");
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.content("~/audit.jsonl").lines()).hasSize(2);
    assertThat(atmos.files()).doesNotContainKey("/tmp/other.jsonl");
  }

  @Test
  void audit_ofAnUntrustedFile_isLeftOutUntilItIsTrusted() {
    AtmosRun atmos = AtmosRun.unix().keys().file("atmos.yaml", "audit: {file: /tmp/audit.jsonl}\n");
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.files()).doesNotContainKey("/tmp/audit.jsonl");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.token().token()).isNotEmpty();
    assertThat(atmos.content("/tmp/audit.jsonl").lines()).hasSize(1);
  }

  @Test
  void audit_ofTrust_namesTheFile() {
    AtmosRun atmos =
        atmos("audit: {file: " + AUDIT + "}")
            .file("atmos.yaml", "auth: {identities: {a: {kind: mock/aws, env: {STAGE: x}}}}\n");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.content(AUDIT))
        .contains("\"event\":\"trust\",\"file\":\"/project/atmos.yaml\"");
  }

  @Test
  void audit_ofLongNames_isCutToOneWrite() {
    AtmosRun atmos = atmos("audit: {file: " + AUDIT + "}");
    String name = "\u001b".repeat(900) + "a".repeat(1500);
    atmos.file("atmos.yaml", "auth: {identities: {a: {kind: mock/aws}}}\n");
    atmos.program(name, "bin/tool");
    assertThat(atmos.run("auth", "exec", "-i", "a", "--", name).exitCode()).isZero();
    assertThat(atmos.content(AUDIT).lines())
        .anySatisfy(line -> assertThat(line).contains("\"program\":\"\\u001B\\u001B"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(4096));
  }
}
