package dev.atmos.aws.identity.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.auth.SignInDialog.Page;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeCallbackListener;
import dev.atmos.services.testing.FakeCallbackListener.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sign-in in a browser on this machine (RFC 7636, RFC 8252). */
class BrowserFlowTest {
  private final IdentityCenterScenario scenario = new IdentityCenterScenario();
  private final LoopbackAws aws = scenario.aws();
  private final IdentityCenterInstance center = scenario.center();
  private final FakeCallbackListener listener = scenario.services().listening();

  BrowserFlowTest() {
    center.autoAllow("ann", 0);
    scenario.user().withLocalBrowser(true).onVisit(page -> listener.get(answer(page)));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Token signIn() {
    Token token = scenario.signIn();
    assertThat(scenario.user().waiting()).isZero();
    assertThat(listener.isClosed()).isTrue();
    return token;
  }

  private AtmosException failure() {
    AtmosException failure = KindScenario.failure(scenario::signIn);
    assertThat(scenario.user().waiting()).isZero();
    return failure;
  }

  /** Where a browser is led that visits a page; by a device's page, nowhere. */
  private static String answer(Page page) {
    return page.isOnThisMachine() ? led(page.address(), "GET") : "/";
  }

  /** Where the page leads a user who presses the button that says no. */
  private String refusal(Page page) {
    String query = page.address().substring(page.address().indexOf('?') + 1);
    return led(aws.url() + "/authorize", query + "&choice=deny");
  }

  private static String led(String address, String form) {
    try {
      HttpURLConnection browser = (HttpURLConnection) URI.create(address).toURL().openConnection();
      browser.setInstanceFollowRedirects(false);
      if (!form.equals("GET")) {
        browser.setDoOutput(true);
        browser.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
      }
      URI there = URI.create(browser.getHeaderField("Location"));
      assertThat(there.getAuthority()).isEqualTo("127.0.0.1:5555");
      return there.getRawPath() + "?" + there.getRawQuery();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- yes, no, and what else may happen in the browser

  @Test
  void yes_inTheBrowser_signsIn_andTheTabSaysSo() {
    assertThat(signIn().type()).isEqualTo(Token.IDENTITY_CENTER);

    assertThat(listener.all())
        .singleElement()
        .satisfies(tab -> {
          assertThat(tab.status()).isEqualTo(200);
          assertThat(tab.page()).contains("<h1>Signed in</h1>", "close this tab");
        });
    assertThat(aws.count(Operation.START_DEVICE_AUTHORIZATION)).isZero();
  }

  @Test
  void page_always_works_onlyHere_forTenMinutes() {
    signIn();

    assertThat(scenario.user().visited())
        .singleElement()
        .satisfies(page -> {
          assertThat(page.provider()).isEqualTo("corp");
          assertThat(page.isOnThisMachine()).isTrue();
          assertThat(page.code()).isNull();
          assertThat(page.until()).isEqualTo("2025-01-15T12:10:00Z");
          assertThat(page.address())
              .startsWith(aws.url() + "/authorize?response_type=code&client_id=")
              .contains(
                  "&redirect_uri=http%3A%2F%2F127.0.0.1%3A5555%2Foauth%2Fcallback&",
                  "&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&");
        });
  }

  @Test
  void secrets_ofASignIn_areNewEachTime_andTheVerifierGoesToAwsAlone() {
    signIn();
    signIn();

    List<String> addresses = scenario.user().visited().stream().map(Page::address).toList();
    assertThat(addresses).doesNotHaveDuplicates();
    List<String> verifiers =
        aws.calls(Operation.CREATE_TOKEN).stream()
            .map(call -> call.body().replaceFirst(".*\"codeVerifier\":\"([^\"]{43})\".*", "$1"))
            .toList();
    assertThat(verifiers).doesNotHaveDuplicates().allMatch(text -> text.length() == 43);
    assertThat(addresses.toString()).doesNotContain(verifiers);
  }

  @Test
  void no_inTheBrowser_ends() {
    scenario.user().onVisit(page -> listener.get(refusal(page)));

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence()).isEqualTo("the sign-in of 'corp' was refused in the browser");
    assertThat(listener.all().getFirst().page()).contains("<h1>Not signed in</h1>");
    assertThat(aws.count(Operation.CREATE_TOKEN)).isZero();
  }

  @Test
  void error_ofThePage_isNamed_andTheNextSignInRegistersAgain() {
    scenario
        .user()
        .onVisit(page ->
            listener.get(answer(page).replaceFirst("code=[^&]+", "error=unauthorized_client")));

    assertThat(failure().sentence())
        .isEqualTo("could not sign in to 'corp': AWS answered unauthorized_client");
    scenario.user().onVisit(page -> listener.get(answer(page)));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
  }

  @Test
  void error_thatIsNoName_isNotShown() {
    scenario
        .user()
        .onVisit(
            page -> listener.get(answer(page).replaceFirst("code=[^&]+", "error=%1B%5B2Jhush")));

    assertThat(failure().sentence())
        .isEqualTo("could not sign in to 'corp': AWS answered an error without a name");
    assertThat(listener.all().getFirst().page()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/callback?code=forged&state=wrong",
        "/oauth/callback?code=forged",
        "/oauth/callback?code=forged&state=",
        "/oauth/callback?error=access_denied&state=wrong",
        "/oauth/callback?error=access_denied",
        "/oauth/callback?state=%",
        "/oauth/callback?",
        "/oauth/callback"
      })
  void answer_withoutTheState_isRefused_andWaitingGoesOn(String forged) {
    scenario
        .user()
        .onVisit(page -> {
          listener.get(forged);
          listener.get(answer(page));
        });

    assertThat(signIn().type()).isEqualTo(Token.IDENTITY_CENTER);

    assertThat(listener.all()).extracting(Sent::status).containsExactly(400, 200);
    assertThat(listener.all().getFirst().page()).doesNotContain("forged");
  }

  /** The right answer by a wrong way, or twice in one. */
  @ParameterizedTest
  @CsvSource({
    "POST, '', 127.0.0.1:5555, 400",
    "HEAD, '', 127.0.0.1:5555, 400",
    "GET, '', localhost:5555, 400",
    "GET, '', evil.example, 400",
    "GET, '', '', 400",
    "GET, &state=other, 127.0.0.1:5555, 400",
    "GET, &code=other, 127.0.0.1:5555, 400",
    "GET, &error=x, 127.0.0.1:5555, 400"
  })
  void answer_byAnotherWay_isRefused_andWaitingGoesOn(
      String method, String more, String host, int status) {
    scenario
        .user()
        .onVisit(page -> {
          String answer = answer(page);
          listener.send(method, answer + more, host);
          listener.get(answer);
        });

    signIn();

    assertThat(listener.all()).extracting(Sent::status).containsExactly(status, 200);
  }

  @Test
  void otherPaths_areNotFound_andWaitingGoesOn() {
    scenario
        .user()
        .onVisit(page -> {
          listener.get("/favicon.ico");
          listener.get("http://127.0.0.1:5555" + answer(page));
          listener.get(answer(page).replace("/oauth/", "/oauth/./"));
          listener.get(answer(page));
        });

    signIn();

    assertThat(listener.all()).extracting(Sent::status).containsExactly(404, 404, 404, 200);
  }

  @Test
  void secondCode_isIgnored_andItsTabSaysSo() {
    scenario
        .user()
        .onVisit(page -> {
          listener.get(answer(page));
          listener.get(answer(page));
        });

    signIn();

    assertThat(listener.all()).extracting(Sent::status).containsExactly(200, 409);
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void tab_thatIsClosed_isWaitedForTenMinutes_andTheNextSignInRegistersAgain() {
    scenario.user().onVisit(page -> {});

    AtmosException failure = failure();

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("sign-in to 'corp' timed out: no answer came from the browser");
    assertThat(failure.hint().orElseThrow()).contains("--device");
    assertThat(scenario.services().clock().instant()).isEqualTo("2025-01-15T12:10:00Z");
    scenario.user().onVisit(page -> listener.get(answer(page)));
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
  }

  @Test
  void tab_thatIsClosed_leavesAnEarlierSignInAsItWas() {
    signIn();
    scenario.user().onVisit(page -> {});

    assertThat(failure().exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);

    assertThat(scenario.silent().type()).isEqualTo(Token.IDENTITY_CENTER);
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_grant, 1", "401, invalid_client, 1", "403, Forbidden, 5"})
  void code_thatAwsDoesNotTake_isTheEnd_andTheTabSaysSo(int status, String error, int exit) {
    aws.failAlways(Operation.CREATE_TOKEN, Fault.error(status, error, "no"));

    assertThat(failure().exitCode().code()).isEqualTo(exit);

    assertThat(listener.all()).extracting(Sent::status).containsExactly(502);
    assertThat(listener.all().getFirst().page()).contains("<h1>Not signed in</h1>");
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void registration_thatAwsForgot_isRepeatedAtTheNextSignIn() {
    aws.failAlways(Operation.CREATE_TOKEN, Fault.error(401, "invalid_client", "unknown client"));

    assertThat(failure().sentence())
        .isEqualTo("could not sign in to 'corp': AWS answered InvalidClient");
    aws.heal(Operation.CREATE_TOKEN);
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
  }

  @Test
  void refresh_byARegistrationThatAwsForgot_needsASignIn_whichRegistersAgain() {
    signIn();
    aws.failAlways(Operation.CREATE_TOKEN, Fault.error(401, "invalid_client", "unknown client"));

    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, scenario::silent))
        .isEqualTo("the sign-in of 'corp' has expired");
    aws.heal(Operation.CREATE_TOKEN);
    signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
  }

  @Test
  void server_thatFailsForAMoment_isAskedAgain() {
    aws.failNext(Operation.CREATE_TOKEN, Fault.unavailable(), Fault.unavailable());

    signIn();

    assertThat(listener.all()).extracting(Sent::status).containsExactly(200);
  }

  @Test
  void interruption_always_endsTheWaiting() {
    scenario.user().onVisit(page -> {});
    scenario
        .services()
        .sleeper()
        .during(() -> {
          throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
        });

    assertThat(failure().exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(listener.isClosed()).isTrue();
  }

  // ---- which of the two

  private void corp(String more) {
    scenario.corp(IdentityCenterScenario.CORP.replace("}", ", " + more + "}"));
  }

  private List<Boolean> pages() {
    return scenario.user().visited().stream().map(Page::isOnThisMachine).toList();
  }

  @Test
  void deviceCode_thatIsPreferred_isTaken_whateverTheConfigurationSays() {
    scenario.user().preferringDeviceCode();
    corp("flow: pkce");

    signInByAnyPage();

    assertThat(pages()).containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, true, true",
    "auto, false, false",
    "pkce, true, true",
    "pkce, false, true",
    "device, true, false",
    "device, false, false"
  })
  void flow_ofTheConfiguration_decides(String flow, boolean hasBrowser, boolean here) {
    scenario.user().withLocalBrowser(hasBrowser);
    corp("flow: " + flow);

    signInByAnyPage();

    assertThat(pages()).containsExactly(here);
  }

  private void signInByAnyPage() {
    assertThat(scenario.signIn().type()).isEqualTo(Token.IDENTITY_CENTER);
  }

  @Test
  void deviceCode_thatIsAskedForMeanwhile_isShown() {
    scenario.user().onVisit(page -> scenario.user().preferringDeviceCode());

    signIn();

    assertThat(pages()).containsExactly(true, false);
    assertThat(aws.count(Operation.REGISTER_CLIENT)).as("one of each kind").isEqualTo(2);
  }

  @Test
  void port_thatCanNotBeHad_leavesTheDeviceCode() {
    scenario.services().network().listener(null);

    signInByAnyPage();

    assertThat(pages()).containsExactly(false);
    assertThat(scenario.services().console().said())
        .isEqualTo("can't listen on 127.0.0.1 (Permission denied), so a code takes its place\n");
  }

  @Test
  void port_thatCanNotBeHad_failsWhereNothingElseIsAllowed() {
    scenario.services().network().listener(null);
    corp("flow: pkce");

    assertThat(KindScenario.message(ExitCode.FAILED, scenario::signIn))
        .isEqualTo(
            "can't listen on 127.0.0.1 (Permission denied), where the sign-in to 'corp' ends |"
                + " sign in with --device, or set 'flow: auto'");
  }

  // ---- what is kept

  @Test
  void registrations_ofBothKinds_areKeptBesideEachOther() {
    signIn();
    scenario.user().preferringDeviceCode();
    signInByAnyPage();
    signInByAnyPage();

    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(2);
    assertThat(scenario.silent().type()).isEqualTo(Token.IDENTITY_CENTER);
  }

  @Test
  void silent_afterABrowser_refreshesWithTheClientThatGotTheToken() {
    signIn();
    for (int i = 0; i < 3; i++) {
      scenario.services().clock().advance(Duration.ofMinutes(56));
      scenario.silent();
    }

    assertThat(scenario.user().visited()).hasSize(1);
    int before = aws.count(Operation.CREATE_TOKEN);
    assertThat(
            KindScenario.message(
                ExitCode.FAILED, () -> scenario.silent(new FakeRequest().withoutSpace())))
        .isEqualTo("no space is left");
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(before);
  }

  @Test
  void registration_thatExpiresMeanwhile_isStillTheOneThatWasAskedFor() {
    aws.registrationLifetime(Duration.ofMinutes(65));
    scenario
        .user()
        .onVisit(page -> {
          scenario.services().clock().advance(Duration.ofMinutes(8));
          listener.get(answer(page));
        });

    signIn();

    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  // ---- the browser

  @ParameterizedTest
  @ValueSource(strings = {"none", "ff --new %s"})
  void browser_ofTheConfiguration_isTheDialogsToOpen(String command) {
    corp("browser: " + command);

    signIn();

    assertThat(scenario.user().browser()).isEqualTo(command);
  }
}
