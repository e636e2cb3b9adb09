package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sign-in in a browser on this machine, in whole runs. Nobody has trusted the configuration. */
final class BrowserSignInRunTest {
  @RegisterExtension final CorpCenter corp = new CorpCenter();

  private CompletableFuture<HttpResponse<String>> tab = new CompletableFuture<>();

  /** A click in the browser is enough; nothing is asked twice. */
  @BeforeEach
  void allow() {
    corp.center.autoAllow("ann", 0);
  }

  /** A desktop, at which somebody watches, with a browser that follows redirects. */
  private AtmosRun atmos(View view, String more) {
    AtmosRun atmos =
        view.atmos()
            .file(
                "atmos.yaml",
                """
                auth:
                  providers:
                    corp: {kind: aws/iam-identity-center, start_url: %s, region: us-east-1%s}
                  identities:
                    dev:
                      kind: aws/permission-set
                      via: {provider: corp}
                      principal: {name: Admin, account: {id: "111111111111"}}
                """
                    .formatted(CorpCenter.URL, more))
            .env("BROWSER", "ff")
            .program("ff", "bin/ff")
            .watched();
    corp.connect(atmos).machine().processes().onLaunch(words -> browse(words.getLast()));
    return atmos;
  }

  private void browse(String address) {
    HttpClient browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    tab =
        browser.sendAsync(
            HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private static List<List<String>> opened(AtmosRun atmos) {
    return atmos.machine().processes().launches();
  }

  @ParameterizedTest
  @EnumSource
  void signIn_atADesktop_isOneClick(View view) throws Exception {
    AtmosRun atmos = atmos(view, "");

    AtmosRun.Result result = atmos.run("auth", "login", "dev");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stdout()).isEmpty();
    String address = opened(atmos).getFirst().getLast();
    assertThat(result.stderr())
        .startsWith(
            "To sign in to corp, go on in the browser, or open this in a browser on this machine:"
                + "\n\n    "
                + address
                + "\n\nSigned in: dev\n");
    assertThat(tab.get().statusCode()).isEqualTo(200);
    assertThat(tab.get().body()).contains("<h1>Signed in</h1>", "You can close this tab");
    assertThat(tab.get().uri().toString()).startsWith("http://127.0.0.1:");
    assertThat(tab.get().headers().firstValue("cache-control")).contains("no-store");
    assertThat(corp.aws.count(Operation.START_DEVICE_AUTHORIZATION)).isZero();
    assertThat(String.join("", atmos.files().values())).doesNotContain("codeVerifier");
    assertThat(atmos.run("auth", "login", "dev").stderr()).startsWith("Signed in already: dev\n");
  }

  @Test
  void refreshToken_ofABrowser_isUsedSilently() {
    AtmosRun atmos = atmos(View.UNIX, "");
    assertThat(atmos.run("auth", "login", "dev").exitCode()).isZero();
    atmos.machine().clock().advance(Duration.ofHours(2));

    assertThat(atmos.run("auth", "login", "dev").stderr())
        .startsWith("Signed in, renewed without a prompt: dev\n");

    assertThat(opened(atmos)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        ", flow: device | - | - | true",
        ", browser: none | - | - | false",
        "'' | ATMOS_BROWSER | none | false",
        "'' | SSH_CONNECTION | 10.0.0.1 | true",
        "'' | CODESPACES | true | true",
        "'' | WSL_DISTRO_NAME | Debian | -"
      })
  void deviceCode_takesThePlaceOfTheBrowser_whereThatWouldNotDo(
      String more, String variable, String value, Boolean opens) {
    AtmosRun atmos = atmos(View.UNIX, more);
    if (variable != null) {
      atmos.env(variable, value);
    }
    atmos.machine().processes().onLaunch(words -> {});
    if (opens == null) {
      // A browser of Linux, which has the 127.0.0.1 of the program.
      atmos.machine().processes().onLaunch(words -> browse(words.getLast()));
    }

    AtmosRun.Result result = atmos.run("auth", "login", "dev");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    if (opens == null) {
      assertThat(result.stderr()).contains("/authorize?");
    } else {
      assertThat(result.stderr()).contains("/device?user_code=");
      assertThat(!opened(atmos).isEmpty()).isEqualTo(opens);
    }
  }

  @ParameterizedTest
  @CsvSource({"--device", "--use-device-code", "--no-browser"})
  void option_asksForADeviceCode(String option) {
    AtmosRun atmos = atmos(View.UNIX, "");
    atmos.machine().processes().onLaunch(words -> {});

    AtmosRun.Result result = atmos.run("auth", "login", "dev", option);

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr()).contains("/device?user_code=");
    assertThat(opened(atmos)).hasSize(option.equals("--no-browser") ? 0 : 1);
  }

  @Test
  void policy_thatForbidsThePortal_opensNoBrowser() {
    AtmosRun atmos =
        atmos(View.UNIX, "")
            .file(
                PolicyRunTest.FILE,
                "allow: {start_urls: [https://other.awsapps.com/start, '"
                    + corp.aws.url()
                    + "']}\n");

    assertThat(atmos.run("auth", "login", "dev").exitCode()).isEqualTo(2);

    assertThat(opened(atmos)).isEmpty();
    assertThat(corp.aws.calls()).isEmpty();
  }

  @Test
  void command_thatAProjectNames_isNotRun_unlessTheUserHasChosenABrowser() {
    AtmosRun atmos = atmos(View.UNIX, ", browser: evil --now");

    assertThat(atmos.run("auth", "login", "dev").stderr()).contains("not trusted", "run a command");
    assertThat(opened(atmos)).isEmpty();
    assertThat(corp.aws.calls()).isEmpty();

    assertThat(atmos.env("ATMOS_BROWSER", "ff").run("auth", "login", "dev").exitCode()).isZero();
    assertThat(opened(atmos)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conf | tools/ff -P work | /project/conf/tools/ff",
        "conf | ./tools/ff -P work | /project/conf/./tools/ff",
        "conf: ours | tools/ff -P work | /project/conf: ours/tools/ff",
        "a \"b\" | tools/ff -P work | /project/a \"b\"/tools/ff",
        "conf | /opt/ff -P work | /opt/ff",
        "conf | ff -P work | /project/bin/ff"
      })
  void command_byAPath_isBesideItsFile_asOtherCommandsAre(
      String directory, String command, String program) {
    AtmosRun atmos =
        atmos(View.UNIX, "")
            .env("BROWSER", "")
            .env("ATMOS_TRUSTED_PATHS", "/project")
            .file(
                "atmos.yaml",
                """
                import: ['%s/corp.yaml']
                auth:
                  identities:
                    dev:
                      kind: aws/permission-set
                      via: {provider: corp}
                      principal: {name: Admin, account: {id: "111111111111"}}
                """
                    .formatted(directory))
            .file(
                directory + "/corp.yaml",
                """
                auth:
                  providers:
                    corp:
                      kind: aws/iam-identity-center
                      start_url: %s
                      region: us-east-1
                      browser: %s
                """
                    .formatted(CorpCenter.URL, command));
    atmos.program("the one", program).machine().processes().onLaunch(words -> {});

    // A code doesn't need the browser that is opened.
    AtmosRun.Result result = atmos.run("auth", "login", "dev", "--device");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(opened(atmos)).hasSize(1);
    assertThat(opened(atmos).getFirst().subList(0, 3)).containsExactly(program, "-P", "work");
  }

  @ParameterizedTest
  @EnumSource
  void console_signsInByTheSameClick_andTokensNeedNoKey(View view) {
    IamUser ann = IamUser.of("111111111111", "ann");
    corp.aws.add(ann).console().browserOf(ann);
    AtmosRun atmos =
        atmos(view, "")
            .knows(id -> corp.aws.accessKey(id).map(AccessKey::secret))
            .file("atmos.yaml", "auth: {identities: {me: {kind: aws/login}}}");

    assertThat(atmos.run("aws", "eks", "token", "--cluster-name", "demo", "--region", "us-east-2"))
        .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(4))
        .satisfies(refused -> assertThat(refused.stderr()).contains("atmos auth login me"));
    AtmosRun.Result result = atmos.run("auth", "login", "me");
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr()).contains("/v1/authorize?", "Signed in: me");
    String first = atmos.token("--identity", "me").token();

    atmos.machine().clock().advance(Duration.ofMinutes(14));

    assertThat(atmos.token("--identity", "me").token()).isNotEqualTo(first);
    assertThat(opened(atmos)).hasSize(1);
    assertThat(atmos.run("auth", "logout", "--all").exitCode()).isZero();
    assertThat(atmos.run("auth", "whoami", "me").exitCode()).isEqualTo(4);
  }

  @Test
  void signIn_withoutATerminal_opensNothing() {
    AtmosRun atmos = atmos(View.UNIX, "").env("ATMOS_INTERACTIVE", "false").env("CI", "true");

    assertThat(atmos.run("auth", "login", "dev").exitCode()).isEqualTo(4);

    assertThat(opened(atmos)).isEmpty();
  }
}
