package dev.atmos.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.testkit.FakeClock;
import dev.atmos.services.testing.FakeProcessControl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of hostile files, each in a project of somebody who is signed in, against the commands
 * that people use: nothing is run, written, read outside of the project, sent or weakened; what
 * would have used a value ends with exit code 2 and a line that names file, line and cure; {@code
 * auth validate} names it, and completion says nothing.
 */
final class HostileFilesRunTest {
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String ACCOUNT = "111122223333";
  private static final String LISTENER = "127.0.0.1:9";
  private static final String OWN = "/home/dev/.config/atmos/atmos.yaml";

  /** Values that nobody but their owner may see. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "GITHUB_TOKEN", "ghp_canaryCANARY0123456789canaryCANARY",
          "DB_PASSWORD", "canary-of-the-database",
          "SLACK_SESSION_TOKEN", "canary-of-the-chat");

  private static final String CANARY = "(?s).*[Cc]anary(?!\\.yaml|\\.txt).*";

  /** What atmos keeps of a sign-in. */
  private static final String STATE = "/home/dev/\\.local/state/atmos/.*|/home/dev/\\.kube/config";

  private LoopbackAws aws;

  static List<HostileFile> corpus() throws IOException {
    return HostileFile.all(
        Map.of("@LISTENER@", LISTENER, "@OUTSIDE@", "/outside", "@HOME@", "/home/dev"));
  }

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(new FakeClock(AtmosRun.NOW));
    IdentityCenterInstance center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 0);
    center.assign("ann", ACCOUNT, "shop", "Admin");
    aws.add(IamUser.of(ACCOUNT, "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET));
    aws.add(Role.of("444455556666", "Evil").trusting(center.roleArn(ACCOUNT, "Admin")));
    aws.add(Cluster.of("demo", ACCOUNT, "us-east-2").server("https://demo.example", aws.caPem()));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void corpus_isLargeEnough() throws IOException {
    assertThat(corpus().stream().filter(file -> !file.header().containsKey("unnamed")))
        .hasSizeGreaterThan(60);
    assertThat(corpus())
        .allSatisfy(file -> assertThat(file.header().get("tries")).as(file.name()).isNotBlank());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void hostileFile_ofAProject_doesNothing(HostileFile file) {
    AtmosRun atmos = signedIn(file);
    String keyring = keyring(atmos);
    Map<String, String> home = atmos.files();
    int connections = atmos.machine().connections().size();
    file.files().forEach(atmos::file);
    file.links().forEach(atmos::link);
    home.putAll(projectOf(atmos));

    SoftAssertions softly = new SoftAssertions();
    commands(file).forEach((command, words) -> check(softly, file, command, atmos, words));

    softly.assertThat(atmos.commandsRun()).as("commands run").isEmpty();
    softly.assertThat(atmos.machine().processes().runs()).as("programs run").isEmpty();
    softly.assertThat(atmos.machine().processes().launches()).as("programs started").isEmpty();
    List<String> hosts =
        atmos.machine().connections().stream()
            .skip(connections)
            .map(uri -> uri.getScheme() + "://" + uri.getAuthority())
            .distinct()
            // An ambient identity asks the machine that it is on.
            .filter(url -> !url.equals(aws.url()) && !url.equals("http://169.254.169.254"))
            .toList();
    softly.assertThat(hosts).as("hosts that something was sent to").isEmpty();
    softly
        .assertThat(aws.calls().stream().map(call -> call.query() + call.body() + call.headers()))
        .as("requests")
        .noneMatch(request -> request.matches(CANARY));
    Map<String, String> after = new TreeMap<>(atmos.files());
    softly
        .assertThat(changed(home, after))
        .as("files written")
        .allMatch(name -> name.matches(STATE));
    changed(home, after)
        .forEach(name -> softly.assertThat(after.get(name)).as(name).doesNotMatch(CANARY));
    if (file.header().containsKey("keyring")) {
      softly
          .assertThat(changed(home, after))
          .as("sign-ins written")
          .noneMatch(name -> name.contains("/auth/sign-in/"));
      softly.assertThat(keyring(atmos)).as("auth.keyring").isEqualTo(keyring);
    }
    softly.assertAll();
  }

  /** Those that a command refuses until they are trusted. */
  static List<HostileFile> curable() throws IOException {
    return corpus().stream()
        .filter(file -> file.header().containsKey("refused"))
        .filter(file -> !file.header().containsKey("incurable"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("curable")
  void refusal_afterWhatItSaysWasDone_isNotRepeated(HostileFile file) {
    AtmosRun atmos = signedIn(file);
    file.files().forEach(atmos::file);
    file.links().forEach(atmos::link);
    String command = file.header().getOrDefault("refused", "").split(" ", -1)[0];
    String[] words = requireNonNull(commands(file).get(command));
    String refusal = atmos.run(words).stderr();
    assertThat(refusal).contains("run: atmos config trust ");
    String path = refusal.substring(refusal.indexOf("config trust ") + 13).strip();

    AtmosRun.Result trusted = atmos.run("config", "trust", "--yes", path);

    assertThat(trusted.exitCode()).as(trusted.stderr()).isZero();
    assertThat(atmos.unchecked(words).stderr()).doesNotContain("is not trusted");
  }

  private static Map<String, String[]> commands(HostileFile file) {
    String identity = file.header().getOrDefault("identity", "dev");
    String named = identity.equals("-") ? "" : " --identity=" + identity;
    Map<String, String> lines =
        Map.of(
            "completion", "__complete -- aws eks token --identity ''",
            "list", "auth list",
            "validate", "auth validate",
            "token", "aws eks token --cluster-name demo --region us-east-2" + named,
            "env", "auth env" + named,
            "exec", "auth exec" + named + " -- tool",
            "shell", "auth shell" + named,
            "login", "auth login --no-browser" + named);
    Map<String, String[]> commands = new TreeMap<>();
    lines.forEach((command, line) ->
        commands.put(
            command,
            Stream.of(line.split(" ", -1))
                .map(word -> word.equals("''") ? "" : word)
                .toArray(String[]::new)));
    return commands;
  }

  private static void check(
      SoftAssertions softly, HostileFile file, String command, AtmosRun atmos, String[] words) {
    int attached = atmos.attached().size();
    AtmosRun.Result result;
    try {
      result = atmos.run(words);
    } catch (AssertionError e) {
      softly.fail(command + ": " + e.getMessage());
      return;
    }
    String said = result.stderr();
    softly.assertThat(result.exitCode()).as(command + ": " + said).isNotEqualTo(70);
    softly.assertThat(result.stdout() + said).as(command).doesNotMatch(CANARY);
    List<FakeProcessControl.Attached> programs =
        atmos.attached().subList(attached, atmos.attached().size());
    for (FakeProcessControl.Attached program : programs) {
      softly.assertThat(program.variables().toString()).as(command).doesNotContain("evil");
      program
          .variables()
          .forEach(variable ->
              softly
                  .assertThat(String.valueOf(program.variable(variable.name())))
                  .as(command + ": " + variable.name())
                  .doesNotContain("evil")
                  .doesNotMatch(CANARY));
    }
    switch (command) {
      case "completion" -> {
        softly.assertThat(said).as("completion").isEmpty();
        softly.assertThat(result.exitCode()).as("completion").isZero();
      }
      case "validate" -> {
        if (!file.header().containsKey("unnamed")) {
          softly
              .assertThat((result.stdout() + said).lines())
              .as("validate: " + said)
              .anyMatch(line -> line.contains(file.place()) && line.contains(file.said()));
        }
      }
      default -> {
        if (file.isRefusedBy(command)) {
          softly.assertThat(result.exitCode()).as(command + ": " + said).isEqualTo(2);
          softly
              .assertThat(said)
              .as(command)
              .contains(file.place(), file.said(), "atmos config trust ");
          softly.assertThat(programs).as(command).isEmpty();
        } else if (file.isInvalidFor(command)) {
          softly.assertThat(result.exitCode()).as(command + ": " + said).isEqualTo(2);
          softly.assertThat(said).as(command).contains(file.place()).doesNotContain("config trust");
          softly.assertThat(programs).as(command).isEmpty();
        } else if (file.isWarnedOfBy(command)) {
          softly
              .assertThat(said)
              .as(command)
              .contains(file.place(), file.said(), file.needsTrust() ? "atmos config trust " : "");
        } else {
          // A list leaves out what it may not show, or refuses to.
          softly
              .assertThat(said)
              .as(command)
              .doesNotContain(command.equals("list") ? "Exception" : "config trust");
          if (command.equals("env")) {
            softly.assertThat(result.stdout()).as(command).doesNotContain("evil");
          }
        }
      }
    }
  }

  /** Somebody with a configuration of their own, who has signed in with it. */
  private AtmosRun signedIn(HostileFile file) {
    AtmosRun atmos =
        AtmosRun.unix()
            .directory(".git")
            .file(OWN, own("plain"))
            .file("/outside/secret.yaml", "auth:\n  realm: canary-outside\nimport: []\n")
            .file("/outside/profile/secret.yaml", "auth: {realm: canary-profile}\n")
            .file(
                "/home/dev/.config/atmos/profiles/weak/k.yaml", "auth: {keyring: {type: plain}}\n")
            .file("/home/dev/.config/atmos/private/canary.yaml", "vars: {a: canary-private}\n")
            .privateFile("~/.ssh/id_ed25519", "canary-of-the-key")
            .file("~/.bash_profile", "# mine\n")
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("SHELL", "/bin/bash")
            .program("atmos", "bin/atmos")
            .program("tool", "bin/tool")
            .program("/bin/bash", "/bin/bash");
    VARIABLES.forEach(atmos::env);
    aws.clock(atmos.machine().clock());
    atmos
        .knows("MOCK_ACCESS_KEY_ID", "MOCK_SECRET_ACCESS_KEY")
        .knows(id -> aws.credential(id).map(each -> each.key().secret()));
    assertThat(atmos.run("auth", "login", "own", "--no-browser").exitCode()).isZero();
    assertThat(atmos.run("auth", "env", "-i", "own").exitCode()).isZero();
    return atmos.file(OWN, own(file.header().getOrDefault("keyring", "plain")));
  }

  private static String own(String keyring) {
    return """
    auth:
      keyring: {type: %s}
      providers:
        corp: {kind: aws/iam-identity-center, start_url: https://acme.awsapps.com/start, region: us-east-1}
      identities:
        own:
          kind: aws/permission-set
          via: {provider: corp}
          principal: {name: Admin, account: {id: "111122223333"}}
        mine:
          kind: aws/user
          credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY}
        coded:
          kind: aws/user
          credentials:
            access_key_id: AKIDEXAMPLE
            secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
            mfa_arn: arn:aws:iam::111122223333:mfa/dev
            mfa_command: totp aws
    """
        .formatted(keyring);
  }

  private static String keyring(AtmosRun atmos) {
    return atmos.run("config", "show", "auth.keyring").stdout();
  }

  private static Map<String, String> projectOf(AtmosRun atmos) {
    Map<String, String> project = new TreeMap<>(atmos.files());
    project.keySet().removeIf(name -> !name.startsWith("/project/"));
    return project;
  }

  private static List<String> changed(Map<String, String> before, Map<String, String> after) {
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .distinct()
        .filter(name -> !after.getOrDefault(name, "").equals(before.getOrDefault(name, "\0")))
        .toList();
  }
}
