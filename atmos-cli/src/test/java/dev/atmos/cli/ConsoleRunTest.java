package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code atmos auth console} in whole runs. Nobody has trusted the configuration. */
final class ConsoleRunTest {
  private static final String MFA = "arn:aws:iam::111111111111:mfa/me";
  private static final String IDENTITIES =
      """
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: PORTAL
            region: us-east-1PROVIDER
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          ops:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy", region: eu-west-1}
          me:
            kind: aws/user
            credentials:
              access_key_id: AKIAIOSFODNN7EXAMPLE
              secret_access_key: !env MY_SECRET
              mfa_arn: DEVICE
          direct:
            kind: aws/assume-role
            via: {identity: plain}
            principal: {assume_role: "arn:aws:iam::111111111111:role/Direct"}
          plain:
            kind: aws/user
            credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: !env MY_SECRET}
          here: {kind: aws/ambient}
      """;

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  private CompletableFuture<HttpResponse<String>> tab = new CompletableFuture<>();

  @BeforeEach
  void addUser() {
    corp.center.autoAllow("ann", 0);
    IamUser me = IamUser.of("111111111111", "me").key("AKIAIOSFODNN7EXAMPLE", AtmosRun.SECRET);
    corp.aws.add(me.mfa("seed"));
    corp.aws.add(Role.of("111111111111", "Direct").trusting(me.arn()));
  }

  /** A desktop at which the user has signed in, with a browser that follows redirects. */
  private AtmosRun atmos(View view, String settings, String provider) {
    return connected(view.atmos(), settings, provider);
  }

  private AtmosRun connected(AtmosRun machine, String settings, String provider) {
    AtmosRun atmos =
        machine
            .file(
                "atmos.yaml",
                "auth:\n"
                    + settings
                    + IDENTITIES
                        .replace("PORTAL", CorpCenter.URL)
                        .replace("PROVIDER", provider)
                        .replace("DEVICE", MFA))
            .env("BROWSER", "ff")
            .env("MY_SECRET", AtmosRun.SECRET)
            .program("ff", "bin/ff")
            .watched();
    corp.connect(atmos).machine().processes().onLaunch(words -> browse(words.getLast()));
    assertThat(atmos.run("auth", "login", "dev").exitCode()).isZero();
    return atmos;
  }

  private AtmosRun atmos() {
    return atmos(View.UNIX, "", "");
  }

  private void browse(String address) {
    HttpClient browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    tab =
        browser.sendAsync(
            HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  /** What the page says that a printed address leads to. */
  private String visit(String printed) {
    browse(printed.strip());
    return shown();
  }

  private String shown() {
    HttpResponse<String> page = tab.join();
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  private static List<String> opened(AtmosRun atmos) {
    return atmos.machine().processes().launches().getLast();
  }

  /** The values of a parameter in the calls of an operation; empty where it isn't sent. */
  private List<String> sent(Operation operation, String name) {
    return corp.aws.calls(operation).stream()
        .map(call -> parameter(call.query() + "&" + call.body(), name))
        .toList();
  }

  private static String parameter(String query, String name) {
    Matcher value = Pattern.compile("(?:^|[?&])" + name + "=([^&]*)").matcher(query);
    return value.find() ? URLDecoder.decode(value.group(1), StandardCharsets.UTF_8) : "";
  }

  @ParameterizedTest
  @EnumSource
  void console_atADesktop_isOpened_andOnlyTheBrowserGetsItsAddress(View view) {
    AtmosRun atmos = atmos(view, "", "");

    AtmosRun.Result result = atmos.run("auth", "console", "s3", "-i", "dev");

    assertThat(result)
        .isEqualTo(
            new AtmosRun.Result(
                0, "", "Opened the console as 'dev' in account 111111111111, in us-east-1\n"));
    assertThat(opened(atmos).getLast()).matches("http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{32}");
    assertThat(shown())
        .contains(
            "Signed in to the console as"
                + " arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin",
            "at https://console.aws.amazon.com/s3/home?region=us-east-1");
    assertThat(String.join("", atmos.files().values())).doesNotContain("SigninToken");
    assertThat(sent(Operation.GET_SIGNIN_TOKEN, "SessionDuration")).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev | 8h | 28800",
        "direct | 15m | 900",
        // Refused, and asked for again without it.
        "ops | 8h | 28800, ''",
      })
  void duration_isSent_andLeftOutWhereAwsRefusesIt(String name, String duration, String sent) {
    AtmosRun atmos = atmos();

    AtmosRun.Result result =
        atmos.run("auth", "console", "-i", name, "--duration", duration, "--print-only");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(visit(result.stdout())).contains("Signed in to the console");
    assertThat(sent(Operation.GET_SIGNIN_TOKEN, "SessionDuration"))
        .containsExactly(sent.replace("''", "").split(", ?", -1));
    assertThat(result.stderr())
        .isEqualTo(
            name.equals("ops")
                ? "AWS gives identity 'ops' no session of another length: it lasts as long as the"
                    + " credentials\n"
                : "");
  }

  @ParameterizedTest
  @CsvSource({"me, , 43200", "me, 8h, 28800", "plain, , 43200"})
  void user_visitsTheConsole_byAFederationToken_withoutACode(
      String name, String duration, String seconds) {
    AtmosRun atmos = atmos();

    String address =
        (duration == null
                ? atmos.run("auth", "console", "-i", name, "--print-only")
                : atmos.run("auth", "console", "-i", name, "--print-only", "--duration", duration))
            .answer();

    assertThat(visit(address)).contains("as arn:aws:sts::111111111111:federated-user/" + name);
    // The SDK asks twice where its clock is another one.
    assertThat(sent(Operation.GET_FEDERATION_TOKEN, "DurationSeconds")).containsOnly(seconds);
    assertThat(sent(Operation.GET_SIGNIN_TOKEN, "SessionDuration")).containsExactly("");
    assertThat(corp.aws.count(Operation.GET_SESSION_TOKEN)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, signin.aws.amazon.com, console.aws.amazon.com",
    "eu-west-1, eu-west-1.signin.aws.amazon.com, eu-west-1.console.aws.amazon.com",
    "cn-north-1, signin.amazonaws.cn, console.amazonaws.cn",
    "cn-northwest-1, cn-northwest-1.signin.amazonaws.cn, cn-northwest-1.console.amazonaws.cn",
    "us-gov-west-1, signin.amazonaws-us-gov.com, console.amazonaws-us-gov.com",
    "us-gov-east-1, us-gov-east-1.signin.amazonaws-us-gov.com,"
        + " us-gov-east-1.console.amazonaws-us-gov.com",
    "eusc-de-east-1, eusc-de-east-1.signin.amazonaws-eusc.eu,"
        + " eusc-de-east-1.console.amazonaws-eusc.eu",
    "us-iso-east-1, us-iso-east-1.signin.c2shome.ic.gov, us-iso-east-1.console.c2shome.ic.gov",
    "us-isob-east-1, us-isob-east-1.signin.sc2shome.sgov.gov,"
        + " us-isob-east-1.console.sc2shome.sgov.gov",
    "eu-isoe-west-1, eu-isoe-west-1.signin.csphome.adc-e.uk,"
        + " eu-isoe-west-1.console.csphome.adc-e.uk",
    "us-isof-south-1, us-isof-south-1.signin.csphome.hci.ic.gov,"
        + " us-isof-south-1.console.csphome.hci.ic.gov"
  })
  void region_saysThePartition_andItsHosts(String region, String signIn, String console) {
    AtmosRun atmos =
        atmos().keys().env("AWS_SESSION_TOKEN", "canary-token").knows("canary", "canary-token");

    AtmosRun.Result result =
        atmos.run("auth", "console", "ec2", "-i", "here", "--region", region, "--print-only");
    atmos
        .env("AWS_ENDPOINT_URL", "")
        .run("auth", "console", "ec2", "-i", "here", "--region", region, "--print-only")
        .failedSaying(6, "could not ask the console's sign-in at " + signIn + ": ");

    // The stand-in doesn't know these keys.
    result.failedSaying(5, "the console's sign-in answered 400", "atmos auth whoami here");
    assertThat(atmos.machine().connections().getLast().getHost()).isEqualTo(signIn);
    assertThat(
            atmos
                .env("AWS_ENDPOINT_URL", corp.aws.url())
                .run("auth", "console", "ec2", "-i", "dev", "--region", region, "--no-open")
                .answer())
        .contains("Destination=https%3A%2F%2F" + console + "%2Fec2%2Fhome%3Fregion%3D" + region);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "isolated: true | '' | true",
        "isolated_sessions: true | '' | true",
        "'isolated: false, isolated_sessions: true' | '' | false",
        "isolated: true | --isolated=false | false",
        "'' | --isolated | true"
      })
  void isolated_isASessionOfTheIdentitysOwn(String settings, String option, boolean apart) {
    AtmosRun atmos =
        atmos(View.UNIX, "  console: {" + settings + "}\n", "")
            .env("BROWSER", "")
            .env("DISPLAY", ":0")
            .program("chromium", "bin/chromium")
            .program("xdg-open", "bin/xdg-open");

    for (String name : new String[] {"dev", "ops"}) {
      AtmosRun.Result result =
          option.isEmpty()
              ? atmos.run("auth", "console", "-i", name)
              : atmos.run("auth", "console", "-i", name, option);
      assertThat(result.exitCode()).as(result.stderr()).isZero();
    }

    List<List<String>> launches = atmos.machine().processes().launches();
    List<List<String>> both = launches.subList(launches.size() - 2, launches.size());
    if (apart) {
      assertThat(both)
          .allSatisfy(words -> {
            assertThat(words.getFirst()).endsWith("/bin/chromium");
            assertThat(words.get(1))
                .matches("--user-data-dir=/home/dev/.local/share/atmos/console/[0-9a-f]{16}");
          });
      assertThat(both.getFirst().get(1)).isNotEqualTo(both.getLast().get(1));
    } else {
      assertThat(both).allSatisfy(words -> assertThat(words).hasSize(2));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isolated_belowADirectoryThatOthersCanChange_isNotOpened(@TempDir Path root)
      throws Exception {
    RealDirectories directories = new RealDirectories(root);
    AtmosRun atmos =
        connected(AtmosRun.in(directories), "", "").program("chromium", "bin/chromium");
    Path data = Files.createDirectories(directories.data().orElseThrow().resolve("console"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    String[] words = {"auth", "console", "-i", "dev", "--isolated", "--browser", "chromium"};

    atmos
        .run(words)
        .failedSaying(1, "can't keep a browser session in " + data, "chmod go-w " + data);
    assertThat(atmos.machine().processes().launches()).hasSize(1);

    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(atmos.run(words).exitCode()).isZero();
    String option = opened(atmos).get(1).replace("--user-data-dir=", "");
    assertThat(Path.of(option, "atmos-identity")).hasContent("dev\n");
    assertThat(Files.getPosixFilePermissions(Path.of(option)))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void browserOfAtmos_isUsed_evenInAContainer() {
    AtmosRun atmos = atmos().env("container", "oci").env("ATMOS_BROWSER", "ff");

    AtmosRun.Result result = atmos.run("auth", "console", "-i", "dev");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(shown()).contains("Signed in to the console");
  }

  @ParameterizedTest
  @CsvSource({"'', ext+container", "'firefox_add_on: granted', ext+granted-containers"})
  void firefox_opensAContainer(String settings, String scheme) {
    AtmosRun atmos =
        atmos(View.UNIX, "  console: {" + settings + "}\n", "").program("firefox", "bin/firefox");
    atmos
        .machine()
        .processes()
        .onLaunch(words ->
            browse(parameter("?" + words.getLast().replaceFirst(".*:name=", "name="), "url")));

    AtmosRun.Result result =
        atmos.run("auth", "console", "-i", "dev", "--isolated", "--browser", "firefox -P work");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(opened(atmos).subList(1, 3)).containsExactly("-P", "work");
    assertThat(opened(atmos).getLast())
        .matches(
            Pattern.quote(scheme)
                + ":name=dev&url=http%3A%2F%2F127\\.0\\.0\\.1%3A[0-9]+%2F[0-9a-f]{32}"
                + "&color=[a-z]+&icon=[a-z]+");
    assertThat(shown()).contains("Signed in to the console");
  }

  @Test
  void isolated_withoutABrowserThatCan_saysWhich() {
    AtmosRun atmos = atmos();

    atmos
        .run("auth", "console", "-i", "dev", "--isolated")
        .failedSaying(1, "no Chrome, Chromium", "--print-only");

    assertThat(corp.aws.count(Operation.GET_SIGNIN_TOKEN)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"SSH_CONNECTION, 10.0.0.1", "ATMOS_BROWSER, none", "CI, true"})
  void machine_withoutABrowser_isSaid_beforeAwsIsAsked(String variable, String value) {
    AtmosRun atmos = atmos().env(variable, value);

    atmos
        .run("auth", "console", "-i", "dev")
        .failedSaying(1, "no browser on this machine", "atmos auth console -i dev --print-only");

    assertThat(corp.aws.count(Operation.GET_SIGNIN_TOKEN)).isZero();
    String printed = atmos.run("auth", "console", "-i", "dev", "--print-only").answer();
    assertThat(visit(printed)).contains("Signed in to the console");
  }

  @Test
  void browser_thatAProjectNames_isNotRun_unlessTheUserHasChosenOne() {
    AtmosRun atmos = atmos(View.UNIX, "  console: {browser: evil --now}\n", "");
    int before = atmos.machine().processes().launches().size();

    atmos.run("auth", "console", "-i", "dev").failedShowing(2, "not trusted", "run a command");

    assertThat(atmos.machine().processes().launches()).hasSize(before);
    assertThat(corp.aws.count(Operation.GET_SIGNIN_TOKEN)).isZero();
    assertThat(atmos.run("auth", "console", "-i", "dev", "--browser", "ff").exitCode()).isZero();
    assertThat(atmos.run("auth", "console", "-i", "dev", "--print-only").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s4 | did you mean",
        "dev | the name of an identity stands behind -i",
        "http://console.aws.amazon.com/ | must be an https:// address",
        "https://me@console.aws.amazon.com/ | must be an https:// address",
        "'' | unknown page of the console ''"
      })
  void page_thatIsUnknown_isRefused(String page, String part) {
    AtmosRun atmos = atmos();
    int before = corp.aws.calls().size();

    atmos.run("auth", "console", page, "-i", "dev").failedSaying(2, part);

    assertThat(corp.aws.calls()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "--duration, 5m, 'must be from 15m to 12h'",
    "--duration, 13h, 'must be from 15m to 12h'",
    "--duration, soon, 'must be from 15m to 12h'",
    "--region, nowhere, 'is not an AWS region'",
    "--destination, s3, 'both name a page'"
  })
  void option_thatIsWrong_isRefused(String option, String value, String part) {
    atmos().run("auth", "console", "ec2", "-i", "dev", option, value).failedSaying(2, part);
  }

  @Test
  void provider_saysTheLength() {
    String address =
        atmos(View.UNIX, "", "\n      console: {session_duration: 4h}")
            .run("auth", "console", "-i", "dev", "--print-only")
            .answer();

    assertThat(visit(address)).contains("Signed in to the console");
    assertThat(sent(Operation.GET_SIGNIN_TOKEN, "SessionDuration")).containsExactly("14400");
  }

  @Test
  void failure_ofTheSignIn_isSaid_withoutTheAddress() {
    AtmosRun atmos = atmos();
    corp.aws.failNext(Operation.GET_SIGNIN_TOKEN, Fault.unavailable());

    atmos
        .run("auth", "console", "-i", "dev", "--print-only")
        .failedSaying(6, "the console's sign-in answered 500", "try again");
  }

  @Test
  void policy_thatForbidsTheRegion_isKept() {
    AtmosRun atmos = atmos().file(PolicyRunTest.FILE, "allow: {regions: [us-east-1]}\n");

    atmos
        .run("auth", "console", "-i", "dev", "--region", "eu-west-1", "--print-only")
        .failedShowing(2, "eu-west-1");

    assertThat(corp.aws.count(Operation.GET_SIGNIN_TOKEN)).isZero();
  }
}
