package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.distribution.ProfileLayouts.Layout;
import dev.atmos.distribution.ProfileLayouts.Needs;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.RecordedCall;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.loopback.http.ConnectProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/**
 * Profiles of the AWS CLI, each as it is written in {@code ~/.aws}: what they are for us is what
 * they are for the AWS CLI of version 1 and version 2. Prints a table.
 */
class AmbientProfilesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String ANN_ID = "AKIAANNANNANNANNANN0";
  private static final String BOB_ID = "AKIABOBBOBBOBBOBBOB0";
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String PORTAL =
      """
      sso_session = acme
      sso_account_id = 555555555555
      sso_role_name = Admin
      [sso-session acme]
      sso_start_url = %s
      sso_region = us-east-1
      """
          .formatted(START_URL);

  @SuppressWarnings("InlineFormatString") // It is long.
  private static final String HELPER =
      """
      #!/bin/sh
      id=%s
      more=
      case $1 in
      failing) exit 1 ;;
      versioned) echo '{"Version": 2}'; exit ;;
      expiring) more=', "Expiration": "%s"' ;;
      bob) [ "$2|$3" = 'a # b|c d' ] && id=%s ;;
      esac
      echo "{\\"Version\\": 1, \\"AccessKeyId\\": \\"$id\\", \\"SecretAccessKey\\": \\"%s\\"$more}"
      """;

  /** One program with a stand-in of its own, so that its calls are known. */
  private static final class Side implements AutoCloseable {
    final String name;
    final List<String> command;
    final LoopbackAws aws = LoopbackAws.start();
    final ConnectProxy proxy = aws.startProxy(null);
    final String portalToken;

    Side(String name, List<String> command) throws Exception {
      this.name = name;
      this.command = command;
      IamUser ann = IamUser.of("111111111111", "ann").key(ANN_ID, SECRET).mfa("seed");
      Role deploy = Role.of("333333333333", "Deploy").trusting(ann.arn());
      Role pod = Role.of("333333333333", "Pod").trustingWebIdentity("sts.amazonaws.com", "*");
      Role task = Role.of("444444444444", "Task").trusting("ecs-tasks.amazonaws.com");
      Role node = Role.of("444444444444", "Node");
      IdentityCenterInstance center =
          aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 0);
      center.assign("ann", "555555555555", "dev", "Admin");
      aws.add(ann)
          .add(IamUser.of("222222222222", "bob").key(BOB_ID, SECRET))
          .add(deploy)
          .add(Role.of("333333333333", "External").trusting(ann.arn()).externalId("x-1"))
          .add(Role.of("333333333333", "Long").trusting(ann.arn()).maxSession(Duration.ofHours(2)))
          .add(pod)
          .add(task)
          .add(node)
          .add(
              Role.of("444444444444", "OfPortal").trusting(center.roleArn("555555555555", "Admin")))
          .add(
              Role.of("444444444444", "Audit")
                  .trusting(deploy.arn(), pod.arn(), task.arn(), node.arn()));
      aws.metadata().container(task, null).instance(node, "us-east-1");
      portalToken = signedIn();
    }

    /** The access token of a sign-in to the portal, as atmos keeps it. */
    private String signedIn() throws Exception {
      Path place = scratch.directory();
      Launch.write(place.resolve("cwd/atmos.yaml"), SignInScene.CONFIGURATION);
      Product.selfContained()
          .run(place, "auth", "login", "--provider", "corp", "--no-browser")
          .env("AWS_ENDPOINT_URL", aws.url())
          .env("ATMOS_KEYRING_TYPE", "plain")
          .run()
          .succeeded();
      try (Stream<Path> files =
          Files.walk(place.resolve("home/.local/state/atmos/auth/sign-in/plain"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file);
          JsonNode value =
              text.startsWith("{") ? new ObjectMapper().readTree(text).get("value") : null;
          if (value != null) {
            return value.textValue();
          }
        }
      }
      throw new AssertionError("no sign-in is kept");
    }

    Launch.Running start(Layout layout) throws Exception {
      Path place = scratch.directory();
      Launch launch = Launch.in(place).command(command);
      Path home = launch.home();
      Path ca = Files.writeString(place.resolve("ca.pem"), aws.caPem());
      launch
          .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
          .env("HTTPS_PROXY", proxy.url())
          .env("NO_PROXY", "127.0.0.1")
          .env("AWS_CA_BUNDLE", ca.toString())
          .env("AWS_EC2_METADATA_DISABLED", "true")
          .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.metadata().instanceUrl())
          .env("AWS_MAX_ATTEMPTS", "1")
          .env("LC_ALL", "C.UTF-8");
      for (Map.Entry<String, String> variable : layout.variables().entrySet()) {
        launch.env(variable.getKey(), filled(variable.getValue(), home));
      }
      for (Map.Entry<String, String> file : layout.files().entrySet()) {
        Launch.write(home.resolve(file.getKey()), filled(file.getValue(), home));
      }
      Instant soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
      Path helper =
          Launch.write(home.resolve("helper"), HELPER.formatted(ANN_ID, soon, BOB_ID, SECRET));
      Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
      Launch.write(
          home.resolve("token"),
          aws.webIdentityToken("me", "sts.amazonaws.com", Duration.ofHours(1)));
      portal(home, "acme", soon);
      portal(home, START_URL, soon);
      portal(home, "old", Instant.parse("2020-01-01T00:00:00Z"));
      Launch.write(
          home.resolve(".aws/login/cache")
              .resolve(digest("SHA-256", "arn:aws:iam::111111111111:user/ann") + ".json"),
          """
          {"accessToken": {"accessKeyId": "%s", "secretAccessKey": "%s", "sessionToken": "",
            "accountId": "111111111111", "expiresAt": "%s"},
           "tokenType": "aws_sigv4", "clientId": "c", "refreshToken": "r", "dpopKey": "k"}
          """
              .formatted(ANN_ID, SECRET, soon));
      return launch.start();
    }

    private void portal(Path home, String name, Instant until) throws Exception {
      Launch.write(
          home.resolve(".aws/sso/cache").resolve(digest("SHA-1", name) + ".json"),
          """
          {"startUrl": "%s", "region": "us-east-1", "accessToken": "%s", "expiresAt": "%s"}
          """
              .formatted(START_URL, portalToken, until));
    }

    private static String digest(String algorithm, String text) throws Exception {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    private String filled(String text, Path home) {
      return text.replace("<ann>", keys(ANN_ID))
          .replace("<bob>", keys(BOB_ID))
          .replace("<ann id>", ANN_ID)
          .replace("<bob id>", BOB_ID)
          .replace("<secret>", SECRET)
          .replace("<deploy>", "role_arn = <role Deploy>\n")
          .replace("<audit>", "role_arn = <role Audit>\n")
          .replaceAll("<role (Deploy|External|Long|Pod)>", "arn:aws:iam::333333333333:role/$1")
          .replaceAll("<role (Audit|OfPortal)>", "arn:aws:iam::444444444444:role/$1")
          .replace("<portal of Other>", PORTAL.replace("Admin", "Other"))
          .replace("<portal>", PORTAL)
          .replace("<start>", START_URL)
          .replace("<container>", aws.metadata().containerUrl())
          .replace("<atmos>", Product.selfContained().launcher().toString())
          .replace("<url>", aws.url())
          .replace("<home>", home.toString());
    }

    private static String keys(String id) {
      return "aws_access_key_id = " + id + "\naws_secret_access_key = " + SECRET + "\n";
    }

    /** The account, principal and region by what a program printed and asked. */
    String found(Outcome outcome) throws IOException {
      if (outcome.exit() != 0) {
        return ProfileLayouts.REFUSED;
      }
      JsonNode answer = new ObjectMapper().readTree(outcome.stdout());
      JsonNode arn = answer.has("Arn") ? answer.get("Arn") : answer.get("principal");
      String[] parts = arn.textValue().split(":", -1);
      String principal =
          parts[5]
              .replaceFirst("^(assumed-role/[^/]*)/.*", "$1")
              .replaceFirst("(SSO_\\w+?)_[^_]*$", "$1");
      List<RecordedCall> calls = aws.calls(Operation.GET_CALLER_IDENTITY);
      String signed = String.join("", calls.getLast().headers().get("authorization"));
      return parts[4] + " " + principal + " " + signed.split("/", -1)[2];
    }

    @Override
    public void close() {
      proxy.close();
      aws.close();
    }
  }

  private static List<Side> sides() throws Exception {
    List<Side> sides = new ArrayList<>();
    sides.add(
        new Side(
            "atmos",
            List.of(
                Product.selfContained().launcher().toString(), "auth", "whoami", "-o", "json")));
    sides.add(
        new Side(
            "aws 1",
            List.of(Tools.aws().toString(), "sts", "get-caller-identity", "--output", "json")));
    try {
      String cli = Tools.aws2().toString();
      sides.add(new Side("aws 2", List.of(cli, "sts", "get-caller-identity", "--output", "json")));
    } catch (TestAbortedException e) {
      System.out.println("without version 2: " + e.getMessage());
    }
    return sides;
  }

  @Test
  void profiles_ofEveryLayout_areWhatTheyAreForTheAwsCli() throws Exception {
    List<Side> sides = sides();
    List<String> wrong = new ArrayList<>();
    try {
      for (Layout layout : ProfileLayouts.all()) {
        List<Launch.Running> running = new ArrayList<>();
        for (Side side : sides) {
          running.add(side.start(layout));
        }
        StringBuilder line = new StringBuilder("%-42s".formatted(layout.name()));
        String why = "";
        for (int i = 0; i < sides.size(); i++) {
          Outcome outcome = running.get(i).finish();
          String found = sides.get(i).found(outcome);
          boolean same = found.equals(layout.means());
          boolean knows = i == 0 || layout.needs() == Needs.NOTHING;
          line.append(" | ")
              .append("%-50s".formatted(same ? found : found + (knows ? " !" : " -")));
          if (!same && knows) {
            wrong.add(layout.name() + ", " + sides.get(i).name + ": " + found + outcome);
          }
          if (i == 0 && outcome.exit() != 0) {
            why = outcome.exit() + ", " + outcome.stderr().strip();
            assertThat(outcome.exit()).as(outcome.stderr()).isIn(1, 2, 4, 5);
            assertThat(outcome.stderr()).startsWith("atmos: ").doesNotContain(SECRET);
          }
        }
        System.out.println(line + " | " + why);
      }
    } finally {
      sides.forEach(Side::close);
    }
    assertThat(wrong).isEmpty();
  }
}
