package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.protocol.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sign-in to an Identity Center and what follows it, in whole runs, with the clients of the SDK.
 */
final class SignInRunTest {
  private static final String CANARY = "canary-K7MDENG/bPxRfiCY+zEXAMPLE";
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}, region: us-east-2}
          ops/eu:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: View, account: {name: data}}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
      """;

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  @BeforeEach
  void assign() {
    corp.center.assign("ann", "333333333333", "data", "View");
  }

  private AtmosRun atmos(View view) {
    return corp.connect(
        view.atmos()
            .file("atmos.yaml", CONFIGURATION)
            .program("atmos", "bin/atmos")
            .program("tool", "bin/tool"));
  }

  private static AtmosRun.Result signIn(AtmosRun atmos, String identity) {
    AtmosRun.Result result = atmos.run("auth", "login", identity, "--no-browser");
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stdout()).isEmpty();
    return result;
  }

  // ---- what it is for

  @ParameterizedTest
  @EnumSource
  void oneSignIn_isEnoughForAllIdentitiesOfAProvider(View view) {
    AtmosRun atmos = atmos(view);

    assertThat(signIn(atmos, "dev").stderr())
        .isEqualTo(
            """
            To sign in to corp, open this in a browser:

                %1$s/device?user_code=BBBB-BBBC

            and check that it shows the code BBBB-BBBC
            (where it asks for the code: %1$s/device)

            Signed in: dev
              provider  corp
              account   111111111111
              as        Admin
              region    us-east-2
              session   signed in; renews by itself until your organization's session ends (signed in 12:00)
            """
                .formatted(corp.aws.url()));

    for (String identity : List.of("dev", "ops/eu", "prod")) {
      Credential credential = corp.credentials(atmos, identity);
      assertThat(atmos.token("--identity", identity).keyId()).isEqualTo(credential.key().id());
    }
    assertThat(corp.aws.count(Operation.START_DEVICE_AUTHORIZATION)).isEqualTo(1);
    assertThat(signIn(atmos, "dev").stderr()).startsWith("Signed in already: dev\n");
  }

  @ParameterizedTest
  @EnumSource
  void whoami_ofWhoIsSignedIn_asksAws(View view) {
    AtmosRun atmos = atmos(view);
    signIn(atmos, "prod");

    assertThat(atmos.run("auth", "whoami", "prod").answer())
        .contains("arn:aws:sts::222222222222:assumed-role/Deploy/", "222222222222");
    assertThat(atmos.run("auth", "whoami", "dev", "--output", "json").answer())
        .contains(":assumed-role/AWSReservedSSO_Admin_");
    assertThat(corp.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(2);
    assertThat(atmos.run("auth", "whoami", "prod", "--offline").answer()).contains("prod");
    assertThat(corp.aws.count(Operation.GET_CALLER_IDENTITY)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNIX    | bash       | export AWS_CONFIG_FILE=/home/dev/.local/state/atmos/",
        "UNIX    | fish       | set -gx AWS_CONFIG_FILE /home/dev/.local/state/atmos/",
        "WINDOWS | bash       | export AWS_CONFIG_FILE='C:\\Users\\dev\\AppData\\Local\\atmos\\",
        "WINDOWS | powershell | $env:AWS_CONFIG_FILE = 'C:\\Users\\dev\\AppData\\Local\\atmos\\",
        "WINDOWS | cmd        | set \"AWS_CONFIG_FILE=C:\\Users\\dev\\AppData\\Local\\atmos\\",
        "WINDOWS | dotenv     | AWS_CONFIG_FILE='C:\\Users\\dev\\AppData\\Local\\atmos\\",
        "WINDOWS | json       | \"AWS_CONFIG_FILE\": \"C:\\\\Users\\\\dev\\\\AppData\\\\Local\\\\",
      })
  void env_inAFormat_namesTheProfilesFile(View view, String format, String line) {
    AtmosRun atmos = atmos(view);
    signIn(atmos, "dev");
    Credential credential = corp.credentials(atmos, "dev");

    assertThat(atmos.run("auth", "env", "-i", "dev", "-f", format).answer()).contains(line);

    AtmosRun.Result keys = atmos.run("auth", "env", "-i", "ops/eu", "-f", format, "--static");
    assertThat(keys.exitCode()).as(keys.stderr()).isZero();
    assertThat(keys.stdout()).contains("AWS_SESSION_TOKEN").doesNotContain("AWS_CONFIG_FILE=");
    assertThat(corp.aws.secrets()).contains(credential.key().secret());
  }

  @Test
  void profile_onWindows_meansTheSameFromAnyDirectory() {
    AtmosRun atmos = atmos(View.WINDOWS);
    signIn(atmos, "dev");
    atmos.run("auth", "env", "-i", "dev").answer();
    String profile =
        atmos.files().values().stream()
            .filter(text -> text.contains("credential_process = "))
            .findFirst()
            .orElseThrow();
    String line = profile.lines().filter(each -> each.startsWith("credential_")).findFirst().get();
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line.split(" = ", 2)[1]);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    assertThat(words.getFirst()).endsWith("atmos");
    List<String> elsewhere = new ArrayList<>(words.subList(1, words.size()));
    int command = elsewhere.indexOf("auth");
    assertThat(elsewhere.subList(0, command)).contains("ATMOS_CONFIG=C:\\project\\atmos.yaml");
    elsewhere.addAll(command, List.of("-C", "C:\\Users\\dev"));
    assertThat(atmos.run(elsewhere.toArray(String[]::new)).answer()).contains("\"AccessKeyId\"");
    List<String> without = elsewhere.subList(command, elsewhere.size());
    assertThat(atmos.run(without.toArray(String[]::new)).exitCode()).isNotZero();
  }

  @Test
  void env_static_makesAFileThatOthersMayReadPrivate() {
    AtmosRun atmos = atmos(View.UNIX).file("keys", "");
    signIn(atmos, "dev");
    assertThat(atmos.permissions("keys")).isEqualTo("rw-r--r--");
    List<String> words = List.of("auth", "env", "-i", "ops/eu", "-f", "json", "-o", "keys");
    AtmosRun.Result profile = atmos.run(words.toArray(String[]::new));
    assertThat(profile.exitCode()).as(profile.stderr()).isZero();
    assertThat(atmos.permissions("keys")).isEqualTo("rw-r--r--");
    List<String> keys = Stream.concat(words.stream(), Stream.of("--static")).toList();
    assertThat(atmos.run(keys.toArray(String[]::new)).exitCode()).isZero();
    assertThat(atmos.permissions("keys")).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @EnumSource
  void logout_ofAProvider_endsTheSession_andLeavesNothingOfIt(View view) {
    AtmosRun atmos = atmos(view);
    signIn(atmos, "dev");
    signIn(atmos, "ops/eu");
    signIn(atmos, "prod");
    atmos.run("auth", "env", "-i", "dev").answer();
    Map<String, String> before = atmos.files();

    String dry = atmos.run("auth", "logout", "--provider", "corp", "--dry-run").answer();

    assertThat(dry)
        .contains(
            "would end the session of corp at its provider\n",
            "would remove the credentials of 'ops/eu'\n",
            "would remove the sign-in of 'corp' from plain files\n")
        .doesNotContain("AWS profile");
    assertThat(atmos.files()).isEqualTo(before);

    AtmosRun.Result logout = atmos.run("auth", "logout", "--provider", "corp");

    assertThat(logout.stderr().replace("done: ", "would ")).isEqualTo(dry);
    assertThat(corp.aws.count(Operation.LOGOUT)).isEqualTo(1);
    assertUntold(List.of(), corp.aws.secrets(), atmos, ".*(?!)");
    atmos
        .run("auth", "credential-process", "-i", "prod")
        .failedSaying(4, "not signed in to 'corp'", "atmos auth login prod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: [\n",
        "auth: {}\n",
        "auth: {identities: {dev: {kind: aws/permision-set}}}\n"
      })
  void logoutOfEverything_withABrokenConfiguration_removesWhatIsKept(String broken) {
    AtmosRun atmos = atmos(View.UNIX);
    signIn(atmos, "dev");
    atmos.run("auth", "env", "-i", "dev").answer();
    atmos.file("atmos.yaml", broken);
    if (broken.contains("{}")) {
      atmos.env("ATMOS_KEYRING_TYPE", "plian");
    }

    AtmosRun.Result logout = atmos.unchecked("auth", "logout", "--all");

    assertThat(logout.exitCode()).as(logout.stderr()).isEqualTo(broken.contains("kind") ? 0 : 1);
    assertThat(logout.stderr()).contains("done: remove ");
    assertThat(atmos.files().keySet())
        .noneMatch(name -> name.contains("/auth/roles/") || name.contains("/auth/sign-in/"));
  }

  @Test
  void session_thatIsRevoked_isSaidAndHealed() {
    AtmosRun atmos = atmos(View.UNIX);
    signIn(atmos, "dev");
    corp.center.revokeSessions();

    atmos
        .token("--identity", "ops/eu")
        .failed(
            4,
            "identity 'ops/eu' needs a sign-in: AWS no longer accepts the session; run: atmos"
                + " auth login ops/eu");

    assertThat(signIn(atmos, "ops/eu").stderr()).contains("BBBB-BBBD", "Signed in: ops/eu");
  }

  // ---- what is not ours to show

  /** None of these secrets is in a text, nor in a file but those of that name. */
  private static void assertUntold(
      List<String> texts, List<String> secrets, AtmosRun atmos, String mayHold) {
    List<String> long12 = secrets.stream().filter(secret -> secret.length() >= 12).toList();
    for (String secret : long12) {
      assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain(secret));
      atmos
          .files()
          .forEach((name, content) -> {
            if (!name.matches(mayHold)) {
              assertThat(content).as(name).doesNotContain(secret);
            }
          });
    }
  }

  private static AtmosRun.Result talkative(AtmosRun atmos, String line) {
    return atmos.run(("--logs-level Trace " + line).split(" ", -1));
  }

  private static String said(AtmosRun.Result result) {
    assertThat(result.exitCode()).as(result.stderr()).isNotZero().isNotEqualTo(70);
    return result.stderr();
  }

  @Test
  void answersThatAreBroken_areNotShown() {
    AtmosRun atmos = atmos(View.UNIX);
    List<String> texts = new ArrayList<>();
    String garbled = "{\"accessToken\":\"" + CANARY + "\",\"refreshToken\":\"" + CANARY;
    for (Fault fault :
        List.of(
            Fault.raw(200, Map.of("Content-Type", "application/json"), garbled),
            Fault.raw(200, Map.of(), "[" + garbled + "\"}]"),
            Fault.raw(200, Map.of(), garbled + "\",\"expiresIn\":\"soon\"}"),
            Fault.raw(403, Map.of("Content-Type", "text/html"), "<p>" + CANARY),
            Fault.raw(400, Map.of("x-amzn-ErrorType", "SomethingException"), garbled),
            Fault.raw(400, Map.of(), "{\"error\":\"" + CANARY + "\"}"),
            Fault.halfAnswer())) {
      corp.aws.failAlways(Operation.CREATE_TOKEN, fault);
      texts.add(said(talkative(atmos, "auth login dev --no-browser")));
    }
    corp.aws.heal(Operation.CREATE_TOKEN);
    signIn(atmos, "ops/eu");
    String role =
        "{\"roleCredentials\":{\"accessKeyId\":\"ASIA\",\"secretAccessKey\":\""
            + CANARY
            + "\",\"sessionToken\":\"t\",\"expiration\":";
    for (String rest : List.of("", "1}}", "-1}}", "\"soon\"}}", "{}}}", "99999999999999999999}}")) {
      corp.aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.raw(200, Map.of(), role + rest));
      texts.add(said(talkative(atmos, "auth credential-process -i dev")));
    }
    List<String> secrets = new ArrayList<>(corp.aws.secrets());
    secrets.add(CANARY);
    assertUntold(texts, secrets, atmos, ".*/auth/(sign-in/plain/provider_|roles/).*");
    assertUntold(texts, List.of(CANARY), atmos, ".*(?!)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accessToken\":\"" + CANARY,
        "[default]\naws_secret_access_key = " + CANARY + "\n[dev\nx",
        "\u0000\u0001" + CANARY,
        CANARY
      })
  void filesThatAreBroken_areNotShown_andReplaced(String content) {
    AtmosRun atmos = atmos(View.UNIX);
    signIn(atmos, "dev");
    for (String name : new TreeMap<>(atmos.files()).keySet()) {
      if (name.matches(".*/auth/(roles|sign-in)/.*")) {
        atmos.privateFile(name, content);
      }
    }
    for (String line :
        List.of(
            "auth credential-process -i dev",
            "aws eks token --cluster-name demo --region us-east-2 -i dev",
            "auth whoami dev --offline",
            "auth env -i dev",
            "auth list",
            "auth logout dev --dry-run",
            "auth login dev --no-browser",
            "auth login dev --no-browser")) {
      AtmosRun.Result result = talkative(atmos, line);
      assertThat(result.exitCode()).as(line + result.stderr()).isIn(0, 1, 4);
      assertThat(result.stderr() + result.stdout()).as(line).doesNotContain("canary");
    }
    assertThat(corp.credentials(atmos, "dev").principal().account()).isEqualTo(CorpCenter.ACCOUNT);
    assertThat(atmos.run("auth", "logout", "--all").exitCode()).isZero();
    assertUntold(List.of(), List.of(CANARY), atmos, ".*(?!)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret_access_key: \"" + CANARY + "\n",
        "secret_access_key: [" + CANARY + "\n",
        "secret_access_key: " + CANARY + ": x\n",
        "secret_access_key: !env\t" + CANARY + "\n  x",
        "secret_access_key: " + CANARY + "\n        secret_access_key: x\n"
      })
  void configurationThatIsBroken_isNotShown(String line) {
    AtmosRun atmos =
        atmos(View.UNIX)
            .file(
                "atmos.yaml",
                "auth:\n  identities:\n    a:\n      kind: aws/user\n      credentials:\n"
                    + "        access_key_id: AKIDEXAMPLE\n        "
                    + line);
    for (String words :
        List.of(
            "aws eks token --cluster-name demo --region us-east-2",
            "auth validate",
            "auth login a",
            "auth list",
            "config show auth")) {
      AtmosRun.Result result = talkative(atmos, words);
      assertThat(result.stderr() + result.stdout()).as(words).doesNotContain("canary-K7");
    }
  }

  // ---- names that could be paths

  @ParameterizedTest
  @EnumSource
  void names_ofAnyKind_leadNowhereElse(View view) {
    List<String> names =
        List.of(
            "../../x",
            "..",
            ".",
            "/etc/x",
            "C:\\x",
            "a\\..\\b",
            "con",
            "nul.txt",
            "x".repeat(300),
            "Twin",
            "twin",
            "*",
            "-x",
            "ü",
            "a\0b",
            "a b");
    StringBuilder yaml =
        new StringBuilder(
            "auth:\n  realm: realm\n  providers:\n"
                + "    '../prov': {kind: aws/iam-identity-center, start_url: "
                + CorpCenter.URL
                + ", region: us-east-1}\n  identities:\n");
    for (String name : names) {
      yaml.append("    \"")
          .append(name.replace("\\", "\\\\").replace("\0", "\\0"))
          .append("\": {kind: aws/permission-set, via: {provider: '../prov'}, principal: {name: ")
          .append(name.equals("twin") ? "View" : "Admin")
          .append(", account: {id: '111111111111'}}}\n");
    }
    AtmosRun atmos = atmos(view).file("atmos.yaml", yaml.toString());
    List<String> before = List.copyOf(atmos.files().keySet());

    for (String name : names) {
      AtmosRun.Result login = atmos.run("auth", "login", "--identity=" + name, "--no-browser");
      assertThat(login.exitCode()).as(login.stderr()).isZero();
      AtmosRun.Result env = atmos.run("auth", "env", "--identity=" + name);
      // No variable can hold the one, nor a file's line, and the other would be an option.
      boolean refused = name.indexOf('\0') >= 0 || name.startsWith("-");
      assertThat(env.exitCode()).as(env.stderr()).isEqualTo(refused ? 2 : 0);
    }

    String place =
        view == View.UNIX
            ? "/home/dev/\\.local/state/atmos/auth/.*"
            : "C:\\\\Users\\\\dev\\\\AppData\\\\Local\\\\atmos\\\\.*";
    assertThat(atmos.files().keySet())
        .filteredOn(name -> !before.contains(name))
        .isNotEmpty()
        .allMatch(name -> name.matches(place) && !name.matches(".*[/\\\\]\\.\\.?[/\\\\].*"));
    assertThat(corp.credentials(atmos, "twin").principal().arn()).contains("_View_");
    assertThat(corp.credentials(atmos, "Twin").principal().arn()).contains("_Admin_");
    assertThat(atmos.run("auth", "logout", "--all").exitCode()).isZero();
    // Profiles hold no secret, and stay for the shells that use them.
    assertThat(atmos.files().keySet())
        .filteredOn(name -> !before.contains(name))
        .allMatch(name -> name.matches(".*[/\\\\]auth[/\\\\]profiles[/\\\\].*"));
  }
}
