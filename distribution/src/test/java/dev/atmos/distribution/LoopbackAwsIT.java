package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.ConnectProxy.Tunnel;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether the AWS CLI takes the stand-in, which all other tests rely on, for AWS. */
class LoopbackAwsIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String ACCOUNT = "111122223333";
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final IamUser ALICE =
      IamUser.of(ACCOUNT, "alice").key(Credentials.KEY_ID, Credentials.SECRET).mfa("seed");

  private static Path cli = Path.of("aws");

  private LoopbackAws aws;
  private Path place;

  @BeforeAll
  static void find() throws Exception {
    cli = Tools.aws();
  }

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start().add(ALICE);
    place = scratch.directory();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Launch launch(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(cli.toString()));
    command.addAll(List.of(words));
    return Launch.in(place)
        .command(command)
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("AWS_DEFAULT_REGION", Credentials.REGION)
        .env("AWS_DEFAULT_OUTPUT", "json")
        .env("AWS_MAX_ATTEMPTS", "1");
  }

  private JsonNode answer(String... words) throws Exception {
    return new ObjectMapper().readTree(launch(words).run().succeeded().stdout());
  }

  @Test
  void eks_inPages_isListedAndDescribed() throws Exception {
    aws.add(Cluster.of("a", ACCOUNT, Credentials.REGION))
        .add(Cluster.of("b", ACCOUNT, Credentials.REGION).status("CREATING"));

    JsonNode list = answer("eks", "list-clusters", "--page-size", "1").get("clusters");
    JsonNode cluster = answer("eks", "describe-cluster", "--name", "b").get("cluster");

    assertThat(list).hasToString("[\"a\",\"b\"]");
    assertThat(aws.count(Operation.LIST_CLUSTERS)).isEqualTo(2);
    assertThat(cluster.get("status").textValue()).isEqualTo("CREATING");
    assertThat(cluster.get("arn").textValue())
        .isEqualTo("arn:aws:eks:us-east-2:111122223333:cluster/b");
  }

  @Test
  void eks_thatFails_isUnderstood() throws Exception {
    Outcome none = launch("eks", "describe-cluster", "--name", "none").run();
    aws.failNext(Operation.DESCRIBE_CLUSTER, Fault.throttled());
    Outcome throttled = launch("eks", "describe-cluster", "--name", "none").run();
    aws.deny(ALICE.arn(), Operation.DESCRIBE_CLUSTER);
    Outcome denied = launch("eks", "describe-cluster", "--name", "none").run();
    Outcome wrong =
        launch("eks", "describe-cluster", "--name", "none")
            .env("AWS_SECRET_ACCESS_KEY", "wrong")
            .run();

    assertThat(none.stderr())
        .contains("(ResourceNotFoundException)", "No cluster found for name: none.");
    assertThat(throttled.stderr()).contains("(ThrottlingException)");
    assertThat(denied.stderr()).contains("(AccessDeniedException)", ALICE.arn());
    assertThat(wrong.stderr()).contains("(InvalidSignatureException)");
  }

  @Test
  void updateKubeconfig_ofAClusterWithAServer_namesIt() throws Exception {
    try (ApiServer server = ApiServer.forCluster("demo").accessKeys(aws::accessKey).start()) {
      aws.add(Cluster.of("demo", ACCOUNT, Credentials.REGION).server(server.url(), server.caPem()));
      Path kubeconfig = place.resolve("kubeconfig");

      launch("eks", "update-kubeconfig", "--name", "demo", "--kubeconfig", kubeconfig.toString())
          .run()
          .succeeded();

      assertThat(kubeconfig)
          .content()
          .contains(
              "server: " + server.url() + "\n",
              "name: arn:aws:eks:us-east-2:111122223333:cluster/demo\n",
              Base64.getEncoder()
                  .encodeToString(server.caPem().getBytes(StandardCharsets.US_ASCII)));
    }
  }

  @Test
  void sts_ofAUser_knowsItAndLetsItAssumeARole() throws Exception {
    Role role = Role.of(ACCOUNT, "Deploy").trusting(ALICE.arn()).externalId("x y");
    aws.add(role);

    assertThat(answer("sts", "get-caller-identity").get("Arn").textValue()).isEqualTo(ALICE.arn());
    JsonNode assumed =
        answer(
            "sts",
            "assume-role",
            "--role-arn",
            role.arn(),
            "--role-session-name",
            "me",
            "--external-id",
            "x y",
            "--tags",
            "Key=team,Value=a&b");
    Outcome session =
        launch("sts", "get-caller-identity", "--query", "Arn")
            .env("AWS_ACCESS_KEY_ID", assumed.at("/Credentials/AccessKeyId").textValue())
            .env("AWS_SECRET_ACCESS_KEY", assumed.at("/Credentials/SecretAccessKey").textValue())
            .env("AWS_SESSION_TOKEN", assumed.at("/Credentials/SessionToken").textValue())
            .run()
            .succeeded();
    assertThat(session.stdout().strip())
        .isEqualTo("\"arn:aws:sts::111122223333:assumed-role/Deploy/me\"");
  }

  @Test
  void getSessionToken_withACode_isForWhoHasIt() throws Exception {
    MfaDevice device = Objects.requireNonNull(ALICE.mfa());
    // The CLI signs with the system's clock; ours stands, so that the code is that of now.
    Instant now = Instant.now();
    aws.clock(Clock.fixed(now, ZoneOffset.UTC));
    String[] words = {
      "sts",
      "get-session-token",
      "--serial-number",
      device.serial(),
      "--token-code",
      device.code(now)
    };

    assertThat(answer(words).at("/Credentials/AccessKeyId").textValue()).startsWith("ASIA");
    assertThat(launch(words).run().stderr())
        .contains("(AccessDenied)", "invalid MFA one time pass code");
  }

  @Test
  void sts_byTls_isTrustedByItsAuthorityAlone() throws Exception {
    Path ca = Files.writeString(place.resolve("ca.pem"), aws.caPem());

    Outcome trusting =
        launch("sts", "get-caller-identity")
            .env("AWS_ENDPOINT_URL", aws.httpsUrl())
            .env("AWS_CA_BUNDLE", ca.toString())
            .run();
    Outcome other =
        launch("sts", "get-caller-identity").env("AWS_ENDPOINT_URL", aws.httpsUrl()).run();

    assertThat(trusting.succeeded().stdout()).contains(ALICE.arn());
    assertThat(other.stderr()).contains("CERTIFICATE_VERIFY_FAILED");
  }

  @Test
  void ecr_bothKinds_giveLogins() throws Exception {
    JsonNode own = answer("ecr", "get-authorization-token").at("/authorizationData/0");
    JsonNode all =
        answer("ecr-public", "get-authorization-token", "--region", "us-east-1")
            .get("authorizationData");

    assertThat(own.get("proxyEndpoint").textValue())
        .isEqualTo("https://111122223333.dkr.ecr.us-east-2.amazonaws.com");
    assertThat(aws.secrets())
        .contains(
            own.get("authorizationToken").textValue(), all.get("authorizationToken").textValue());
  }

  @Test
  void signIn_stepByStep_endsWithARolesCredentials() throws Exception {
    IdentityCenterInstance center =
        aws.identityCenter(START_URL, "eu-central-1").assign("ann", ACCOUNT, "production", "Admin");
    // Or version 1 reads what stands at the start URL, and sends that.
    Launch.write(place.resolve("home/.aws/config"), "[default]\ncli_follow_urlparam = false\n");
    JsonNode client =
        answer(
            "sso-oidc",
            "register-client",
            "--client-name",
            "it",
            "--client-type",
            "public",
            "--scopes",
            "sso:account:access");
    // In one word: some of these are random, and may begin with a dash.
    String[] known = {
      "--client-id=" + client.get("clientId").textValue(),
      "--client-secret=" + client.get("clientSecret").textValue()
    };
    JsonNode flow =
        answer(with(known, "sso-oidc", "start-device-authorization", "--start-url", START_URL));
    String[] poll =
        with(
            known,
            "sso-oidc",
            "create-token",
            "--grant-type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "--device-code=" + flow.get("deviceCode").textValue());
    assertThat(launch(poll).run().stderr()).contains("(AuthorizationPendingException)");
    center.allow(flow.get("userCode").textValue());
    String token = "--access-token=" + answer(poll).get("accessToken").textValue();

    JsonNode accounts = answer("sso", "list-accounts", token);
    JsonNode credentials =
        answer(
            "sso", "get-role-credentials", token, "--account-id", ACCOUNT, "--role-name", "Admin");

    assertThat(accounts.at("/accountList/0/accountName").textValue()).isEqualTo("production");
    assertThat(aws.secrets()).contains(credentials.at("/roleCredentials/sessionToken").textValue());
  }

  private static String[] with(String[] more, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void ssoLogin_ofVersion2_asksTheHostsOfAwsThroughAProxy() throws Exception {
    Path cli2 = Tools.aws2();
    aws.identityCenter(START_URL, "eu-central-1")
        .assign("ann", ACCOUNT, "production", "Admin")
        .autoAllow("ann", 1);
    Path ca = Files.writeString(place.resolve("ca.pem"), aws.caPem());
    try (ConnectProxy proxy = aws.startProxy("user:s3cret")) {
      Launch login =
          version2(ca, "user:s3cret@127.0.0.1:" + proxy.port())
              .command(cli2.toString(), "sso", "login", "--no-browser");
      Launch.write(
          login.home().resolve(".aws/config"),
          """
          [sso-session acme]
          sso_start_url = %s
          sso_region = eu-central-1
          sso_registration_scopes = sso:account:access
          [default]
          sso_session = acme
          sso_account_id = %s
          sso_role_name = Admin
          region = us-east-2
          """
              .formatted(START_URL, ACCOUNT));

      assertThat(login.run().succeeded().stdout()).contains("/?user_code=");
      Outcome who =
          version2(ca, "user:s3cret@127.0.0.1:" + proxy.port())
              .command(cli2.toString(), "sts", "get-caller-identity")
              .run();

      assertThat(who.succeeded().stdout())
          .contains(":assumed-role/AWSReservedSSO_Admin_", "/ann\"");
      assertThat(proxy.tunnels())
          .extracting(Tunnel::host)
          .contains(
              "oidc.eu-central-1.amazonaws.com:443",
              "portal.sso.eu-central-1.amazonaws.com:443",
              "sts.us-east-2.amazonaws.com:443");
    }
  }

  private Launch version2(Path ca, String proxy) throws IOException {
    return Launch.in(place)
        .env("HTTPS_PROXY", "http://" + proxy)
        .env("AWS_CA_BUNDLE", ca.toString())
        .env("AWS_PAGER", "")
        .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
  }
}
