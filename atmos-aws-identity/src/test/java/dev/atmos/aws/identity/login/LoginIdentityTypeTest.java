package dev.atmos.aws.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog.Page;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeCallbackListener;
import dev.atmos.services.testing.FakeSignInDialog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins to the console, by a browser here or elsewhere. */
class LoginIdentityTypeTest {
  private static final String DEFINITION = "{kind: aws/login}";
  private static final IamUser ANN = IamUser.of("111111111111", "ann");

  private final KindScenario kinds = new KindScenario();
  private final FakeSignInDialog user = new FakeSignInDialog();
  private final FakeRequest attended = new FakeRequest().withDialog(user);
  private final FakeCallbackListener listener = kinds.services().listening();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(kinds.services().clock()).add(ANN);
    aws.console().browserOf(ANN);
    kinds.set("AWS_ENDPOINT_URL", aws.url());
    user.withLocalBrowser(true).onVisit(page -> listener.get(answer(page)));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private AwsCredentials signIn(String definition) {
    return KindScenario.credentials(kinds.identity("me", definition), attended);
  }

  private AwsCredentials silent() {
    FakeRequest silent = new FakeRequest();
    attended.savedState().ifPresent(silent::withSavedState);
    try {
      return KindScenario.credentials(kinds.identity("me", DEFINITION), silent);
    } finally {
      if (!silent.saved().isEmpty()) {
        attended.saveState(silent.savedState().orElse(null));
      }
    }
  }

  /** Where the page leads a browser on this machine. */
  private static String answer(Page page) {
    URI there = URI.create(visit(page.address()).getHeaderField("Location"));
    assertThat(there.getAuthority()).isEqualTo("127.0.0.1:5555");
    return there.getRawPath() + "?" + there.getRawQuery();
  }

  private static HttpURLConnection visit(String address) {
    try {
      HttpURLConnection browser = (HttpURLConnection) URI.create(address).toURL().openConnection();
      browser.setInstanceFollowRedirects(false);
      assertThat(browser.getResponseCode()).as(address).isLessThan(400);
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- in a browser on this machine

  @Test
  void yes_inTheBrowser_givesCredentialsForAQuarterOfAnHour_andKeepsNoneOfThem() {
    AwsCredentials credentials = signIn(DEFINITION);

    assertThat(aws.credential(credentials.accessKeyId()).orElseThrow().principal().arn())
        .isEqualTo(ANN.arn());
    assertThat(credentials.expiresAt())
        .isEqualTo(kinds.services().clock().instant().plus(Duration.ofMinutes(15)));
    assertThat(listener.all())
        .singleElement()
        .satisfies(tab -> assertThat(tab.page()).contains("<h1>Signed in</h1>"));
    String saved = attended.savedState().orElseThrow().reveal();
    assertThat(saved).contains(ANN.arn()).doesNotContain(credentials.accessKeyId());
    Page page = user.visited().getFirst();
    assertThat(page.isOnThisMachine()).isTrue();
    assertThat(page.address())
        .startsWith(aws.url() + "/v1/authorize?response_type=code&client_id=")
        .contains("code_challenge_method=SHA-256&scope=openid");
  }

  @Test
  void no_inTheBrowser_isTheEnd() {
    aws.console().refuse(true);

    assertThat(KindScenario.message(ExitCode.DENIED, () -> signIn(DEFINITION)))
        .isEqualTo("the sign-in of 'me' was refused in the browser");
    assertThat(attended.saved()).isEmpty();
  }

  @Test
  void account_thatIsAnother_isRefused_andNothingIsKept() {
    String definition = "{kind: aws/login, principal: {account: {id: '222222222222'}}}";

    assertThat(KindScenario.message(ExitCode.DENIED, () -> signIn(definition)))
        .isEqualTo(
            "the browser is signed in as 'arn:aws:iam::111111111111:user/ann', and 'me' is in"
                + " account 222222222222 | sign out of the console in the browser, and try again");
    assertThat(attended.saved()).isEmpty();
    assertThat(signIn(definition.replace('2', '1')).accessKeyId()).isNotEmpty();
  }

  @Test
  void browser_ofTheConfiguration_isTheDialogsToOpen() {
    signIn("{kind: aws/login, browser: none}");
    assertThat(user.browser()).isEqualTo("none");
  }

  // ---- in a browser elsewhere

  private static String shown(Page page) {
    try (InputStream in =
        visit(visit(page.address()).getHeaderField("Location")).getInputStream()) {
      String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher code = Pattern.compile("code: ([A-Za-z0-9+/=]+)").matcher(html);
      assertThat(code.find()).as(html).isTrue();
      return code.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void code_ofABrowserElsewhere_isEntered(boolean local) {
    user.withLocalBrowser(local).onVisit(page -> user.answers(shown(page) + " "));
    if (local) {
      user.preferringDeviceCode();
    }

    assertThat(signIn(DEFINITION).accessKeyId()).startsWith("ASIA");

    assertThat(user.questions()).containsExactly("The code that the page shows");
    assertThat(user.waiting()).isZero();
    assertThat(user.visited().getFirst().isOnThisMachine()).isFalse();
    kinds.services().clock().advance(Duration.ofMinutes(15));
    assertThat(silent().accessKeyId()).startsWith("ASIA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "c3RhdGU9eCZjb2RlPXk=", "%%%"})
  void code_ofAnotherSignIn_isRefused(String entered) {
    user.withLocalBrowser(false).onVisit(page -> {}).answers(entered);

    assertThat(KindScenario.message(ExitCode.USAGE, () -> signIn(DEFINITION)))
        .startsWith("that isn't the code of the sign-in to 'me' | ");
    assertThat(aws.count(Operation.CREATE_OAUTH2_TOKEN)).isZero();
  }

  @Test
  void code_thatIsNotEntered_isNoSignIn() {
    user.withLocalBrowser(false).onVisit(page -> {});

    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, () -> signIn(DEFINITION)))
        .isEqualTo("no code was given for identity 'me'");
  }

  // ---- renewals

  @Test
  void renewal_asksNobody_forTwelveHours() {
    AwsCredentials first = signIn(DEFINITION);

    for (int i = 0; i < 5; i++) {
      kinds.services().clock().advance(Duration.ofMinutes(14));
      assertThat(silent().accessKeyId()).isNotEqualTo(first.accessKeyId());
    }
    kinds.services().clock().advance(Duration.ofHours(11));

    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, this::silent))
        .isEqualTo("the console session of 'me' has ended");
    assertThat(attended.savedState()).isEmpty();
    assertThat(user.visited()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | USER_CREDENTIALS_CHANGED | SIGN_IN_REQUIRED | has ended, because the password was",
        "400 | INVALID_REQUEST | SIGN_IN_REQUIRED | the console session of 'me' has ended",
        "500 | server_error | UNAVAILABLE | could not renew the sign-in of 'me': AWS answered",
        "429 | x | UNAVAILABLE | could not renew the sign-in of 'me'"
      })
  void renewal_thatFails_keepsWhatMayStillBeGood(
      int status, String error, ExitCode exitCode, String sentence) {
    signIn(DEFINITION);
    Optional<Secret> before = attended.savedState();
    aws.failNext(
        Operation.CREATE_OAUTH2_TOKEN,
        Fault.raw(status, java.util.Map.of(), "{\"error\":\"" + error + "\"}"));

    assertThat(KindScenario.message(exitCode, this::silent)).contains(sentence);

    assertThat(attended.savedState())
        .isEqualTo(exitCode == ExitCode.UNAVAILABLE ? before : Optional.empty());
  }

  @Test
  void user_whoMayNot_isToldOfThePolicy() {
    aws.failNext(
        Operation.CREATE_OAUTH2_TOKEN,
        Fault.raw(403, java.util.Map.of(), "{\"error\":\"INSUFFICIENT_PERMISSIONS\"}"));

    assertThat(KindScenario.message(ExitCode.DENIED, () -> signIn(DEFINITION)))
        .contains("SignInLocalDevelopmentAccess");
    assertThat(listener.all())
        .singleElement()
        .satisfies(tab -> assertThat(tab.page()).contains("<h1>Not signed in</h1>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "", "{\"arn\":\"x\"}"})
  void state_thatIsNot_whatWasSaved_isNoSignIn(String state) {
    attended.saveState(Secret.of(state));
    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, this::silent))
        .isEqualTo("the console session of 'me' is not signed in");
  }

  @Test
  void withoutASignIn_nothingIsAsked() {
    assertThat(
            KindScenario.message(
                ExitCode.SIGN_IN_REQUIRED,
                () -> kinds.identity("me", DEFINITION).grant(new FakeRequest())))
        .isEqualTo("not signed in to 'me'");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void userWithoutAKey_signsInHere_ifItsDefinitionSaysSo() {
    String definition = "{kind: aws/user, credentials: {webflow_enabled: true}}";

    assertThat(signIn(definition).accessKeyId()).startsWith("ASIA");

    kinds.services().clock().advance(Duration.ofMinutes(14));
    FakeRequest silent = new FakeRequest().withSavedState(attended.savedState().orElseThrow());
    assertThat(KindScenario.credentials(kinds.identity("me", definition), silent).accessKeyId())
        .startsWith("ASIA");
    assertThat(user.visited()).hasSize(1);
    assertThat(user.questions()).isEmpty();
  }

  // ---- where it goes

  @ParameterizedTest
  @CsvSource({
    "us-east-1, https://us-east-1.signin.aws.amazon.com",
    "us-gov-west-1, https://us-gov-west-1.signin.amazonaws-us-gov.com",
    "cn-north-1, https://cn-north-1.signin.amazonaws.cn",
    "eusc-de-east-1, https://eusc-de-east-1.signin.amazonaws-eusc.eu"
  })
  void page_isThatOfTheRegion(String region, String base) {
    kinds.set("AWS_ENDPOINT_URL", "");
    user.withLocalBrowser(false).onVisit(page -> {});

    KindScenario.failure(() -> signIn("{kind: aws/login, sign_in_region: " + region + "}"));

    assertThat(user.visited().getFirst().address()).startsWith(base + "/v1/authorize?");
  }

  @Test
  void endpointOfAnUntrustedFile_isNotCalled() {
    kinds.distrusting();
    KindScenario.failure(
        () -> signIn("{kind: aws/login, spec: {endpoint_url: 'https://evil.example.com'}}"));
    assertThat(user.visited()).isEmpty();
  }
}
