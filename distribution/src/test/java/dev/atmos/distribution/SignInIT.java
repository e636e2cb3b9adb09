package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.kubernetes.ApiServer;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day with atmos: one sign-in, and everything that works afterwards, until nothing is left. */
class SignInIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEPLOY = "arn:aws:sts::444455556666:assumed-role/Deploy/";

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private int count(Operation operation) {
    return scene.aws.count(operation);
  }

  /** The token, which a cluster accepts. */
  private VerifiedToken accepted(Outcome outcome) throws Exception {
    outcome.succeeded().quiet();
    TokenVerifier verifier = new TokenVerifier(Partition.AWS, null, Clock.systemUTC());
    VerifiedToken token = verifier.verify(Credentials.token(outcome.stdout()));
    verifier.verifySignature(
        token, Credentials.CLUSTER, id -> scene.aws.accessKey(id).map(AccessKey::secret));
    return token;
  }

  private Launch program(Path program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return Launch.in(scene.place)
        .command(command)
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        .env("AWS_ENDPOINT_URL", scene.aws.url());
  }

  /** A browser that writes down what it was started with, and says yes to what it is shown. */
  private Path browser() throws Exception {
    Path script =
        Launch.write(
            scene.place.resolve("my browser"),
            """
            #!%s
            import os, sys, urllib.parse, urllib.request
            with open(os.environ["DUMP"], "ab") as dump:
                for name in ("cmdline", "environ"):
                    dump.write(open("/proc/self/" + name, "rb").read() + b"\\n")
            address = urllib.parse.urlsplit(sys.argv[1])
            form = dict(urllib.parse.parse_qsl(address.query), choice="allow", user="ann")
            page = urllib.parse.urlunsplit(address._replace(query=""))
            urllib.request.urlopen(page, urllib.parse.urlencode(form).encode()).read()
            """
                .formatted(Tools.python()));
    return Scratch.open(script, "rwxr-xr-x");
  }

  /** The one that is shown. */
  private static String code(String screen) {
    Matcher matcher = Pattern.compile("user_code=([A-Z]{4}-[A-Z]{4})").matcher(screen);
    assertThat(matcher.find()).as(screen).isTrue();
    return matcher.group(1);
  }

  private Launch atADesk(Launch launch) throws Exception {
    scene.center.autoAllow("nobody", Integer.MAX_VALUE);
    return launch
        .env("TERM", "xterm")
        // Where a device code is the way in, wherever these tests run.
        .env("container", "oci")
        .env("BROWSER", browser().toString())
        .env("DUMP", scene.place.resolve("dump").toString());
  }

  // ---- the morning

  @Test
  void day_afterOneSignIn_needsNoOther() throws Exception {
    Outcome login = scene.signIn("dev");
    assertThat(login.stdout()).isEmpty();
    assertThat(login.stderr())
        .contains(scene.aws.url() + "/device?user_code=", "check that it shows the code ")
        .contains("Signed in: dev\n", SignInScene.ACCOUNT);

    for (String identity : List.of("dev", "other", "prod")) {
      VerifiedToken token = accepted(scene.token(identity).run());
      String arn = scene.aws.credential(token.accessKeyId()).orElseThrow().principal().arn();
      assertThat(arn)
          .contains(Map.of("dev", "_Admin_", "other", "_View_", "prod", DEPLOY).get(identity));
    }
    JsonNode whoami =
        JSON.readTree(
            scene.run("auth", "whoami", "prod", "--output", "json").run().succeeded().stdout());
    assertThat(whoami.toString()).contains(DEPLOY);
    JsonNode credentials =
        JSON.readTree(
            scene.run("auth", "credential-process", "-i", "other").run().quiet().stdout());
    assertThat(credentials.get("Version").intValue()).isEqualTo(1);
    assertThat(credentials.has("Expiration")).isTrue();

    assertThat(count(Operation.START_DEVICE_AUTHORIZATION)).isEqualTo(1);
    assertThat(count(Operation.CREATE_TOKEN)).isEqualTo(1);
    assertThat(count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(2);
    assertThat(count(Operation.ASSUME_ROLE)).isEqualTo(1);
  }

  @Test
  void awsCli_underExecAndByTheProfileOfEnv_isTheIdentity() throws Exception {
    scene.signIn("prod");
    Path aws = Tools.aws();
    Outcome under =
        scene
            .run("auth", "exec", "-i", "prod", "--", aws.toString(), "sts", "get-caller-identity")
            .env("PATH", aws.getParent() + ":" + Launch.SYSTEM_PATH)
            .run()
            .succeeded();
    assertThat(under.stdout()).contains(DEPLOY);

    JsonNode variables =
        JSON.readTree(scene.run("auth", "env", "-i", "prod", "-f", "json").run().quiet().stdout());
    Launch elsewhere =
        program(aws, "sts", "get-caller-identity").env("ATMOS_KEYRING_TYPE", "plain");
    variables.properties().forEach(each -> elsewhere.env(each.getKey(), each.getValue().asText()));
    elsewhere.from(Files.createDirectory(scene.place.resolve("elsewhere")));
    assertThat(elsewhere.run().succeeded().stdout()).contains(DEPLOY);
    assertThat(count(Operation.ASSUME_ROLE)).isEqualTo(1);
  }

  @Test
  void signIn_atADesk_opensTheBrowser_whichIsGivenTheAddressAlone() throws Exception {
    Launch launch =
        atADesk(scene.run("auth", "login", "dev"))
            .env("AWS_SECRET_ACCESS_KEY", Credentials.SECRET)
            .env("AWS_SESSION_TOKEN", Credentials.SESSION_TOKEN)
            .env("ATMOS_KEYRING_PASSWORD", "correct horse battery")
            .env("MINE", "as it was");

    AtTerminal.Shown shown =
        AtTerminal.of(scene.place, launch).expect("go on in the browser").run(launch.words());

    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen()).contains("/device?user_code=", "Signed in: dev");
    String dump = Files.readString(scene.place.resolve("dump"));
    assertThat(dump.lines().findFirst().orElseThrow().split("\0"))
        .hasSize(3)
        .endsWith(scene.aws.url() + "/device?user_code=" + code(shown.screen()));
    List<String> secrets = new ArrayList<>(scene.aws.secrets());
    secrets.addAll(List.of(Credentials.SECRET, Credentials.SESSION_TOKEN, "correct horse battery"));
    assertThat(new Canaries(secrets).in(dump)).isEmpty();
    assertThat(dump).contains("MINE=as it was");
  }

  @Test
  void shell_atADesk_signsInFirst() throws Exception {
    String bash = Tools.program("bash").toString();
    Launch launch =
        atADesk(scene.run("auth", "shell", "-i", "dev", "--shell", bash, "--", "--norc"))
            .env("PS1", "ready$ ");

    AtTerminal.Shown shown =
        AtTerminal.of(scene.place, launch)
            .expect("go on in the browser")
            .expect("ready$ ")
            .type("echo \"I am $AWS_PROFILE\"; exit 3\r")
            .expect("I am dev")
            .run(launch.words());

    assertThat(shown.exit()).isEqualTo(3);
    assertThat(count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
  }

  @Test
  void signIn_thatIsInterrupted_leavesNothingHalfDone() throws Exception {
    scene.center.autoAllow("nobody", Integer.MAX_VALUE);
    Launch launch = scene.run("auth", "login", "dev", "--no-browser").env("TERM", "xterm");

    AtTerminal.Shown shown =
        AtTerminal.of(scene.place, launch).expect("Waiting, ").type("\u0003").run(launch.words());

    assertThat(shown.exit()).as(shown.screen()).isEqualTo(130);
    assertThat(shown.screen()).doesNotContain("Exception", "\tat ");
    // What is left is that the program is registered, which the next sign-in goes by.
    assertThat(SignInScene.files(scene.state()).keySet())
        .allMatch(
            name -> name.matches("locks/.*|sign-in/(stores|plain)/provider_.*|sign-in/store"));
    assertThat(scene.token("dev").run().failed(4)).contains("run: atmos auth login dev");
    scene.center.autoAllow("ann", 0);
    scene.signIn("dev");
    assertThat(count(Operation.REGISTER_CLIENT)).isEqualTo(1);
    accepted(scene.token("dev").run());
  }

  // ---- where nobody is

  @ParameterizedTest
  @CsvSource({"TERM, xterm", "CI, true", "ATMOS_INTERACTIVE, false"})
  void signIn_withoutATerminal_asksNobody(String name, String value) throws Exception {
    Launch launch = atADesk(scene.run("auth", "login", "dev")).env(name, value);

    assertThat(launch.run().failed(4)).contains("needs a browser and a terminal", "--no-browser");

    assertThat(scene.place.resolve("dump")).doesNotExist();
    assertThat(count(Operation.CREATE_TOKEN)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void token_atATerminal_asksNobody(boolean interactive) throws Exception {
    Launch launch =
        atADesk(scene.token("dev"))
            .env(
                "KUBERNETES_EXEC_INFO",
                "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
                    + "\"spec\":{\"interactive\":"
                    + interactive
                    + "}}");

    AtTerminal.Shown shown = AtTerminal.of(scene.place, launch).run(launch.words());

    assertThat(shown.exit()).isEqualTo(4);
    assertThat(shown.screen())
        .isEqualTo(
            "atmos: identity 'dev' needs a sign-in: not signed in to 'corp'; run: atmos auth"
                + " login dev\r\n");
    assertThat(scene.place.resolve("dump")).doesNotExist();
    assertThat(scene.aws.calls()).isEmpty();
  }

  // ---- what somebody else has ended, or begun

  @Test
  void session_thatWasRevoked_healsByOneMoreSignIn() throws Exception {
    scene.signIn("dev");
    scene.center.revokeSessions();

    assertThat(scene.token("other").run().failed(4)).endsWith("run: atmos auth login other");
    assertThat(scene.token("other").run().failed(4)).endsWith("run: atmos auth login other");
    int before = count(Operation.CREATE_TOKEN);
    scene.signIn("other");

    accepted(scene.token("other").run());
    assertThat(count(Operation.START_DEVICE_AUTHORIZATION)).isEqualTo(2);
    assertThat(count(Operation.CREATE_TOKEN)).isEqualTo(before + 1);
    assertThat(count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  @Test
  void session_ofTheAwsCli_isBorrowed_andLeftAsItIs() throws Exception {
    Path cli = Tools.aws2();
    Path ca = Files.writeString(scene.place.resolve("ca.pem"), scene.aws.caPem());
    Path dotAws = scene.home.resolve(".aws");
    Launch.write(
        dotAws.resolve("config"),
        """
        [sso-session acme]
        sso_start_url = %s
        sso_region = us-east-1
        sso_registration_scopes = sso:account:access
        [default]
        sso_session = acme
        sso_account_id = %s
        sso_role_name = Admin
        region = us-east-2
        """
            .formatted(SignInScene.START_URL, SignInScene.ACCOUNT));
    try (ConnectProxy proxy = scene.aws.startProxy(null)) {
      proxied(program(cli, "sso", "login", "--no-browser"), ca, proxy).run().succeeded();
      Map<String, String> before = SignInScene.files(dotAws);
      assertThat(before.keySet()).anyMatch(name -> name.startsWith("sso/cache/"));

      accepted(scene.token("dev").run());
      Outcome login = scene.run("auth", "login", "--provider", "corp").run().succeeded();
      Outcome logout = scene.run("auth", "logout", "--provider", "corp").run().succeeded();

      assertThat(login.stderr()).contains("by the AWS CLI");
      assertThat(logout.stderr()).contains("done: remove the credentials of 'dev'");
      assertThat(count(Operation.START_DEVICE_AUTHORIZATION)).isEqualTo(1);
      assertThat(count(Operation.LOGOUT)).isZero();
      assertThat(SignInScene.files(dotAws)).isEqualTo(before);
      assertThat(scene.state().resolve("sign-in/plain")).doesNotExist();
      Outcome who = proxied(program(cli, "sts", "get-caller-identity"), ca, proxy).run();
      assertThat(who.succeeded().stdout()).contains("AWSReservedSSO_Admin_");
    }
  }

  private static Launch proxied(Launch launch, Path ca, ConnectProxy proxy) {
    return launch
        .without("AWS_ENDPOINT_URL")
        .env("HTTPS_PROXY", proxy.url())
        .env("AWS_CA_BUNDLE", ca.toString())
        .env("AWS_PAGER", "");
  }

  @ParameterizedTest
  @CsvSource({"system, 6", "'', 0"})
  void keyring_thatHangs_isGivenUp(String type, int code) throws Exception {
    Path bin = Files.createDirectory(scene.place.resolve("bin"));
    Path tool = Launch.write(bin.resolve("secret-tool"), "#!/bin/sh\nexec sleep 60\n");
    Scratch.open(tool, "rwxr-xr-x");
    Launch login =
        scene
            .run("auth", "login", "dev", "--no-browser")
            .env("ATMOS_KEYRING_TYPE", type)
            .env("PATH", bin + ":" + Launch.SYSTEM_PATH);

    Outcome outcome = login.runFor(20);

    assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(code);
    assertThat(outcome.stderr()).containsIgnoringCase("keyring");
  }

  // ---- the evening

  @Test
  void logout_ofEverything_leavesNothing() throws Exception {
    scene.configure(
        SignInScene.CONFIGURATION
            + """
              integrations:
                dev/eks:
                  kind: aws/eks
                  via: {identity: dev}
                  spec: {cluster: {name: demo, region: us-east-2}}
            """);
    try (ApiServer server = ApiServer.forCluster("demo").accessKeys(scene.aws::accessKey).start()) {
      scene.aws.add(
          Cluster.of("demo", SignInScene.ACCOUNT, Credentials.REGION)
              .server(server.url(), server.caPem()));
      scene.signIn("dev");
      scene.signIn("prod");
      scene.run("auth", "env", "-i", "dev").run().succeeded();
      Path kubeconfig = scene.home.resolve(".kube/config");
      assertThat(kubeconfig).content().contains("cluster/demo");
      Map<String, String> before = SignInScene.files(scene.place);

      Outcome dry = scene.run("auth", "logout", "--all", "--dry-run").run().succeeded().quiet();

      assertThat(dry.stdout().lines()).allMatch(line -> line.startsWith("would "));
      assertThat(SignInScene.files(scene.place)).isEqualTo(before);
      assertThat(count(Operation.LOGOUT)).isZero();

      Outcome logout = scene.run("auth", "logout", "--all").run().succeeded();

      assertThat(logout.stdout()).isEmpty();
      assertThat(logout.stderr().replace("done: ", "would ")).isEqualTo(dry.stdout());
      assertThat(count(Operation.LOGOUT)).isEqualTo(1);
      assertThat(kubeconfig).content().doesNotContain("demo");
      assertThat(SignInScene.files(scene.state()).keySet())
          // Profiles hold no secret, and stay for the shells that use them.
          .allMatch(name -> name.startsWith("locks/") || name.startsWith("profiles/"));
      assertThat(new Canaries(scene.aws.secrets()).holders(scene.place)).isEmpty();
      assertThat(scene.token("dev").run().failed(4)).contains("not signed in to 'corp'");
    }
  }

  @Test
  void logout_whoseOtherSideDoesNotAnswer_isDoneHere() throws Exception {
    scene.signIn("dev");
    scene.aws.failAlways(Operation.LOGOUT, Fault.silence());

    Outcome logout = scene.run("auth", "logout", "--provider", "corp").runFor(20).succeeded();

    assertThat(logout.stderr()).contains("atmos: warning: couldn't end the session of corp");
    assertThat(count(Operation.LOGOUT)).isEqualTo(1);
    assertThat(new Canaries(scene.aws.secrets()).holders(scene.place)).isEmpty();
  }
}
