package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a tag makes is shown by no command, wherever the tag stands: each value of a configuration,
 * in turn, is read from a variable or a file. Only {@code config show} shows what is trusted.
 */
final class ShownValuesRunTest {
  private static final String VALUE = "walrus-of-the-sea";
  private static final String ENV = "!env WALRUS";

  /** Each text between the signs is replaced in turn. */
  private static final String CONFIGURATION =
      """
      base_path: «.»
      import: «conf/a.yaml»
      profiles: {default: «one», base_path: «profiles»}
      env: {ATMOS_PROFILE: «one», ATMOS_IDENTITY: «dev», ATMOS_AUTH_REALM: «r», STAGE: «x»}
      logs: {level: «Info», file: «/dev/stderr»}
      audit: {file: «audit.log», required: «false»}
      vars: {a: «b», c: [«d»], e: {f: «g»}}
      acme: {url: «https://acme.example»}
      auth:
        realm: «r»
        keyring: {type: «system», spec: {path: «~/keys», password_env: «P», command: «get»}}
        logs: {level: «Info»}
        providers:
          corp:
            kind: «aws/iam-identity-center»
            start_url: «https://acme.awsapps.com/start»
            region: «us-east-1»
            auto_provision_identities: «false»
            session: {duration: «8h»}
            spec: {files: {base_path: «~/.aws/atmos»}, endpoint_url: «https://sso.example.com»}
          hub: {kind: «github/oidc», region: «us-east-1», spec: {audience: «sts.amazonaws.com»}}
        identities:
          admin:
            kind: «aws/permission-set»
            default: «false»
            alias: «boss»
            provider: «corp»
            tags: [«a»]
            via: {provider: «corp»}
            principal: {name: «Admin», account: {name: «dev», id: «111122223333»}, region: «us-east-1»}
          dev:
            kind: aws/user
            alias: «d»
            credentials:
              access_key_id: «AKIDEXAMPLE»
              secret_access_key: x
              region: us-east-1
              mfa_arn: «arn:aws:iam::111122223333:mfa/dev»
              mfa_command: «totp»
            session: {duration: «1h»}
            spec: {endpoint_url: «http://127.0.0.1:9»}
            env: {STAGE: «dev»}
          two:
            kind: aws/ambient
            env: [{key: «STAGE», value: «dev»}]
          keys:
            kind: aws/user
            credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: x}
          role:
            kind: aws/assume-role
            via: {identity: «keys»}
            principal:
              assume_role: «arn:aws:iam::444455556666:role/Evil»
              region: «us-east-1»
              session_name: «me»
              external_id: «acme»
              source_identity: «me»
              duration: «1h»
              session_tags: {a: «b»}
          root:
            kind: aws/assume-root
            via: {identity: keys}
            principal:
              target_principal: «111122223333»
              task_policy_arn: «arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy»
          other: {kind: acme/vault, address: «https://vault.example»}
        integrations:
          demo:
            kind: aws/eks
            via: {identity: «keys»}
            spec:
              auto_provision: «false»
              cluster: {name: «demo», region: «us-east-2», alias: «demo», kubeconfig: {path: «k», mode: «"0600"», update: «merge»}}
          images: {kind: «aws/ecr», via: {identity: keys}, spec: {registry: {account_id: «111122223333», region: «us-east-2»}}}
      """;

  private static final List<String> COMMANDS =
      List.of(
          "config show",
          "config trust",
          "auth validate",
          "auth list",
          "auth whoami -i role",
          "auth login admin --no-browser",
          "auth credential-process -i root",
          "aws eks token --cluster-name demo --region us-east-2 -i two",
          "aws eks update-kubeconfig --integration demo",
          "__complete -- auth login ''");

  /** The commands that use no value for a request, and show none that is trusted either. */
  private static final List<String> SILENT =
      List.of("config trust", "auth validate", "auth list", "auth whoami -i role");

  /** A tag, what it reads, and whether its file is trusted. */
  private record Made(String tag, String value, boolean trusted) {}

  /** Values that fit most patterns, that nearly do, and that need only to be trimmed. */
  private static final List<Made> MADE =
      List.of(
          new Made(ENV, VALUE, false),
          new Made("!include.raw notes.txt", "Walrus-Of-The-Sea: 1 \n", false),
          new Made(ENV, "Walrus-Of-The-Sea", true));

  static List<String> configurations() {
    Pattern value = Pattern.compile("«(.*?)»");
    List<String> all = new ArrayList<>();
    for (MatchResult at : value.matcher(CONFIGURATION).results().toList()) {
      String before = CONFIGURATION.substring(0, at.start());
      String after = CONFIGURATION.substring(at.end());
      all.add(plain(before) + ENV + " " + plain(after));
    }
    return all;
  }

  private static String plain(String part) {
    return part.replaceAll("[«»]", "");
  }

  private static AtmosRun project(String configuration) {
    return AtmosRun.unix()
        .directory(".git")
        .file("conf/a.yaml", "")
        .file("profiles/one/a.yaml", "")
        .file("atmos.yaml", configuration)
        .env("WALRUS", VALUE)
        .program("atmos", "bin/atmos")
        .program("tool", "bin/tool");
  }

  @Test
  void configuration_withoutTags_hasNoErrors() {
    AtmosRun atmos = project(plain(CONFIGURATION));
    assertThat(atmos.run("auth", "validate").stdout() + atmos.run("auth", "validate").stderr())
        .contains(": no errors");
  }

  static Stream<String> lines() {
    return configurations().stream()
        .map(each -> each.lines().filter(line -> line.contains(ENV)).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void value_madeInAnyPlace_isNotShown(String line) {
    String configuration =
        configurations().stream().filter(each -> each.contains(line)).findFirst().orElseThrow();
    SoftAssertions softly = new SoftAssertions();
    for (Made made : MADE) {
      AtmosRun atmos =
          project(configuration.replace(ENV, made.tag()))
              .env("WALRUS", made.value())
              .file("notes.txt", made.value());
      if (made.trusted()) {
        atmos.env("ATMOS_TRUSTED_PATHS", "/");
      }
      COMMANDS.stream()
          .filter(words -> !made.trusted() || (SILENT.contains(words) && !isChoice(line)))
          .forEach(words -> requireNothingShown(atmos, words, made, softly));
    }
    softly.assertAll();
  }

  /** Whether a line chooses a file, a profile or a realm, whose name a trusted file may show. */
  private static boolean isChoice(String line) {
    return line.matches("(base_path|import|env|profiles): .*");
  }

  private static void requireNothingShown(
      AtmosRun atmos, String words, Made made, SoftAssertions softly) {
    AtmosRun.Result result = atmos.unchecked(words.replace("''", "").split(" ", -1));
    softly
        .assertThat(result.stdout() + result.stderr())
        .as("%s with %s", words, made)
        .doesNotContainIgnoringCase(VALUE)
        .doesNotContain("Exception");
  }

  @Test
  void textOfAnotherFile_thatIsShown_isShownAsItsTag() {
    AtmosRun atmos =
        project("vars: {a: !include notes.txt}\nauth: {identities: {dev: {kind: aws/ambient}}}\n")
            .file("notes.txt", VALUE);
    assertThat(atmos.run("config", "show").answer())
        .contains("a: \"!include notes.txt\"  # not shown, as its file isn't trusted for it");
  }

  @Test
  void variable_onceItIsApproved_isShown() {
    AtmosRun atmos =
        project(
            """
            auth:
              identities:
                me: {kind: aws/ambient}
                dev:
                  kind: aws/assume-role
                  via: {identity: me}
                  principal: {assume_role: "arn:aws:iam::444455556666:role/x", source_identity: !env WALRUS }
            """);
    assertThat(atmos.run("config", "show").answer())
        .contains("source_identity: \"!env WALRUS\"  #");
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.run("config", "show").answer()).contains("source_identity: " + VALUE);
  }
}
