package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of sign-in name commands; whoever follows one gets further. */
final class AdviceRunTest {
  private static final String URL = "https://corp.awsapps.com/start";
  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
          gh: {kind: github/oidc}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          ops:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: View, account: {id: "111111111111"}}
          me: {kind: aws/user, credentials: {mfa_arn: "arn:aws:iam::222222222222:mfa/me"}}
          deploy:
            kind: aws/assume-role
            via: {identity: me}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy", duration: 8h}
          ci:
            kind: aws/assume-role
            via: {provider: gh}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          pod: {kind: aws/ambient}
      """;

  /** A command in a text that a message is made of: after a colon, a comma, or another one. */
  private static final Pattern NAMED =
      Pattern.compile("(?:^  |: |, |then |or |\\()atmos ((?:[a-z][a-z-]* ?)+(?:--[a-z-]+)?)");

  /** A command in a message. */
  private static final Pattern ADVISED = Pattern.compile("(?:: )atmos ([^;,|(]+)");

  private final IamUser user =
      IamUser.of("222222222222", "me").key(KEY_ID, AtmosRun.SECRET).mfa("seed");
  private LoopbackAws aws;
  private AtmosRun atmos;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    IdentityCenterInstance center = aws.identityCenter(URL, "us-east-1").autoAllow("ann", 0);
    center.assign("ann", "111111111111", "dev", "Admin", "View");
    aws.add(user)
        .add(
            Role.of("222222222222", "Deploy").trusting(user.arn()).maxSession(Duration.ofHours(8)));
    atmos =
        View.UNIX
            .atmos()
            .file("atmos.yaml", CONFIGURATION)
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("ATMOS_KEYRING_TYPE", "plain");
    aws.clock(atmos.machine().clock());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private static String[] process(String identity) {
    return new String[] {"auth", "credential-process", "-i", identity};
  }

  private String code() {
    atmos.machine().clock().advance(Duration.ofSeconds(30));
    MfaDevice device = Objects.requireNonNull(user.mfa());
    return device.code(atmos.machine().clock().instant());
  }

  /** The commands that a message names. */
  private static List<String> advised(String message) {
    List<String> commands = new ArrayList<>();
    Matcher matcher = ADVISED.matcher(message);
    while (matcher.find()) {
      commands.add(matcher.group(1).strip());
    }
    return commands;
  }

  /** Fails with that advice, which is followed and works, and then doesn't fail any more. */
  private void follow(String advice, String... words) {
    AtmosRun.Result before = atmos.run(words);
    assertThat(before.exitCode()).as(before.stderr()).isNotZero();
    assertThat(advised(before.stderr())).as(before.stderr()).contains(advice);
    AtmosRun.Result followed = atmos.unchecked(advice.split(" ", -1));
    assertThat(followed.exitCode()).as(advice + ": " + followed.stderr()).isZero();
    AtmosRun.Result after = atmos.unchecked(words);
    assertThat(after.exitCode()).as(after.stderr()).isZero();
  }

  @Test
  void whoIsNotSignedIn_isLedThere() {
    atmos.watched();
    follow("auth login dev", process("dev"));
    atmos.unchecked("auth", "logout", "--all");
    follow("auth login ops", "auth", "whoami", "ops");
    atmos.unchecked("auth", "logout", "--all");
    follow("auth login dev", "auth", "whoami", "dev", "--offline");
  }

  @Test
  void signInOfTheAwsCli_thatHasExpired_isReplaced() {
    atmos
        .watched()
        .file(
            "~/.aws/sso/cache/a.json",
            """
            {"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1",
             "accessToken": "x", "expiresAt": "2025-01-15T11:00:00Z"}
            """);
    assertThat(atmos.run(process("dev")).stderr()).contains("the AWS CLI's sign-in to 'corp'");
    follow("auth login dev", process("dev"));
  }

  @Test
  void keyThatIsMissing_isTypedAtALogin() {
    atmos.typing(KEY_ID, AtmosRun.SECRET, code());
    follow("auth login me", process("me"));
  }

  @Test
  void keyThatIsMissing_isGivenByAScript() {
    AtmosRun.Result login = atmos.run("auth", "login", "me");
    assertThat(advised(login.stderr())).containsExactly("auth user configure me --stdin");
    atmos.piping(KEY_ID, AtmosRun.SECRET);
    assertThat(atmos.run("auth", "user", "configure", "me", "--stdin").exitCode()).isZero();
    assertThat(atmos.run("auth", "login", "me").stderr()).contains("MFA device");
  }

  @Test
  void codeThatIsMissing_isTypedAtALogin_evenForARoleOfEightHours() {
    atmos.piping(KEY_ID, AtmosRun.SECRET, "", "");
    assertThat(atmos.run("auth", "user", "configure", "me", "--stdin").exitCode()).isZero();
    String code = code();
    atmos.typing(code);
    follow("auth login deploy", process("deploy"));
  }

  @Test
  void keyThatAwsRefuses_isReplaced() {
    atmos.file("atmos.yaml", CONFIGURATION.replaceFirst(", credentials: \\{mfa_arn: [^}]*}", ""));
    atmos.piping("AKIAUNKNOWN", AtmosRun.SECRET, "", "", KEY_ID, AtmosRun.SECRET, "", "");
    assertThat(atmos.run("auth", "user", "configure", "me", "--stdin").exitCode()).isZero();
    AtmosRun.Result refused = atmos.run(process("me"));
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(advised(refused.stderr())).containsExactly("auth user configure me");
    // The same questions, for a script.
    assertThat(atmos.run("auth", "user", "configure", "me", "--stdin").exitCode()).isZero();
    assertThat(atmos.unchecked(process("me")).exitCode()).isZero();
  }

  @Test
  void whatALogoutLeaves_endsAsItSays() {
    atmos.watched().run("auth", "login", "dev");
    atmos.piping(KEY_ID, AtmosRun.SECRET, "", "");
    atmos.run("auth", "user", "configure", "me", "--stdin");

    for (String identity : List.of("dev", "me")) {
      List<String> advice = advised(atmos.run("auth", "logout", identity).stderr());
      assertThat(advice).hasSize(1);
      AtmosRun.Result followed = atmos.run(advice.getFirst().split(" ", -1));
      assertThat(followed.stderr()).contains("done: remove the s");
      assertThat(atmos.run("auth", "logout", identity).stderr()).isEqualTo("nothing to remove\n");
    }
  }

  @Test
  void whereASignInCantHelp_noneIsAdvised() {
    for (String identity : List.of("ci", "pod")) {
      List<String[]> all =
          List.of(
              process(identity),
              new String[] {"auth", "whoami", identity},
              new String[] {"auth", "whoami", identity, "--offline"},
              new String[] {"auth", "login", identity});
      for (String[] words : all) {
        AtmosRun.Result result = atmos.run(words);
        if (!(identity.equals("pod") && List.of(words).contains("--offline"))) {
          assertThat(result.exitCode()).as(result.stderr()).isEqualTo(4);
          assertThat(result.stderr()).doesNotContain("auth login");
        }
      }
    }
    assertThat(atmos.run(process("pod")).stderr())
        .contains("AWS_EC2_METADATA_DISABLED turns the instance metadata service off");
    assertThat(atmos.run("auth", "login", "ci").stderr()).contains("this is not a job of GitHub");
  }

  @Test
  void names_thatAreWrong_leadToTheList() {
    for (String[] words :
        List.of(
            process("nobody"),
            new String[] {"auth", "login", "nobody"},
            new String[] {"auth", "logout", "--tags", "none"},
            new String[] {"auth", "user", "configure", "pod"})) {
      AtmosRun.Result result = atmos.run(words);
      assertThat(result.exitCode()).isEqualTo(2);
      for (String advice : advised(result.stderr())) {
        assertThat(atmos.unchecked(advice.split(" ", -1)).exitCode()).as(advice).isNotEqualTo(2);
      }
    }
  }

  /** Also of the messages that no test sees. */
  @Test
  void everyCommand_thatATextOfTheProductNames_isOne() throws IOException {
    Map<String, String> helps = new HashMap<>();
    TreeSet<String> wrong = new TreeSet<>();
    int seen = 0;
    for (String literal : literals()) {
      Matcher matcher = NAMED.matcher(literal);
      while (matcher.find()) {
        seen++;
        String problem = problem(matcher.group(1).strip(), helps);
        if (!problem.isEmpty()) {
          wrong.add(problem + " in: " + literal);
        }
      }
    }
    assertThat(seen).isGreaterThan(40);
    assertThat(wrong).isEmpty();
  }

  /** Why no command has these words before its arguments; empty if one has. */
  private String problem(String words, Map<String, String> helps) {
    List<String> path = new ArrayList<>(List.of(words.split(" ", -1)));
    String option = path.getLast().startsWith("--") ? path.removeLast() : "";
    while (!path.isEmpty()) {
      String help =
          helps.computeIfAbsent(
              String.join(" ", path),
              command -> {
                List<String> all = new ArrayList<>(List.of(command.split(" ", -1)));
                all.add("--help");
                AtmosRun.Result result = View.UNIX.atmos().unchecked(all.toArray(String[]::new));
                return result.exitCode() == 0 && result.stdout().contains("atmos " + command)
                    ? result.stdout()
                    : "";
              });
      if (!help.isEmpty()) {
        return help.contains(option) ? "" : "no option " + option + " of " + path;
      }
      // A word that follows a command may be of the sentence around it.
      path.removeLast();
    }
    return "no command " + words;
  }

  private static List<String> literals() throws IOException {
    List<String> literals = new ArrayList<>();
    for (String module :
        List.of(
            "atmos-auth",
            "atmos-aws-identity",
            "atmos-aws",
            "atmos-aws-ecr",
            "atmos-aws-eks",
            "atmos-services")) {
      try (Stream<Path> tree = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : tree.filter(each -> each.toString().endsWith(".java")).toList()) {
          // Literals that are joined at once are one text.
          String code =
              Files.readString(file)
                  .replaceAll("(?s)/\\*.*?\\*/|(?m)^ *//.*$", "")
                  .replaceAll("\"\\s*\\+\\s*\"", "");
          Matcher matcher = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"").matcher(code);
          while (matcher.find()) {
            literals.add(matcher.group(1));
          }
        }
      }
    }
    return literals;
  }
}
