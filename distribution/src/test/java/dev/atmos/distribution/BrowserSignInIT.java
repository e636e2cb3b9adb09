package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.RequestGate;
import dev.atmos.loopback.aws.protocol.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in at a terminal with a real browser beside it. */
class BrowserSignInIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private final HttpClient other =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    scene.center.autoAllow("nobody", Integer.MAX_VALUE);
    // The tests may run in a container, where the product would take a code instead.
    scene.configure(
        SignInScene.CONFIGURATION.replace(
            "region: us-east-1", "region: us-east-1\n      flow: pkce"));
  }

  @AfterEach
  void stop() {
    Chromium.kill(scene.place);
    other.shutdownNow();
    scene.close();
  }

  /** Runs {@code auth login} at a terminal, beside what the test does. */
  private CompletableFuture<AtTerminal.Shown> login(UnaryOperator<AtTerminal> steps)
      throws IOException {
    Launch launch =
        scene
            .run("auth", "login", "dev")
            .env("TERM", "xterm")
            .env("BROWSER", Chromium.command(scene.place).toString());
    AtTerminal terminal = steps.apply(AtTerminal.of(scene.place, launch));
    // Not in the common pool, which may have one thread, and which the browser's socket needs.
    Executor own = action -> Thread.ofPlatform().daemon().start(action);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return terminal.run(launch.words());
          } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        own);
  }

  private CompletableFuture<AtTerminal.Shown> login() throws IOException {
    return login(terminal -> terminal.expect("go on in the browser"));
  }

  /** A parameter of the page that asks. */
  private static String parameter(String address, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address);
    assertThat(matcher.find()).as(address).isTrue();
    return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(String address) throws Exception {
    return other.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  @Test
  void yes_signsIn_andTheTabSaysSo() throws Exception {
    CompletableFuture<AtTerminal.Shown> login = login();
    try (Chromium browser = Chromium.startedIn(scene.place)) {
      browser.until("asks to sign in");
      browser.press("allow");
      assertThat(browser.until("Signed in")).contains("You can close this tab");
      assertThat(browser.address()).startsWith("http://127.0.0.1:");
    }

    AtTerminal.Shown shown = login.get();
    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen())
        .contains("(d: device code)", "Signed in: dev")
        .doesNotContain("code=");
    assertThat(new Canaries(scene.aws.secrets()).in(shown.screen())).isEmpty();
    scene.token("dev").run().succeeded();
    assertThat(scene.aws.count(Operation.START_DEVICE_AUTHORIZATION)).isZero();
  }

  @Test
  void no_isTheEnd_andTheTabSaysSo() throws Exception {
    CompletableFuture<AtTerminal.Shown> login = login();
    try (Chromium browser = Chromium.startedIn(scene.place)) {
      browser.until("asks to sign in");
      browser.press("deny");
      browser.until("Not signed in");
    }

    AtTerminal.Shown shown = login.get();
    assertThat(shown.exit()).as(shown.screen()).isEqualTo(5);
    assertThat(shown.screen()).contains("the sign-in of 'corp' was refused in the browser");
  }

  @Test
  void answerOfSomebodyElse_isRefused_andThePortIsOfThisMachineAlone() throws Exception {
    CompletableFuture<AtTerminal.Shown> login = login();
    try (Chromium browser = Chromium.startedIn(scene.place)) {
      browser.until("asks to sign in");
      URI callback = URI.create(parameter(browser.address(), "redirect_uri"));
      assertThat(callback.getPath()).isEqualTo("/oauth/callback");

      HttpResponse<String> forged = get(callback + "?code=forged&state=wrong");
      assertThat(forged.statusCode()).isEqualTo(400);
      assertThat(forged.body()).contains("Not signed in").doesNotContain("forged");
      assertThat(listening(callback.getPort())).containsExactly("0100007F");

      browser.press("allow");
      browser.until("Signed in");
      AtTerminal.Shown shown = login.get();
      assertThat(shown.exit()).as(shown.screen()).isZero();
      assertThat(listening(callback.getPort())).isEmpty();
    }
  }

  /** The addresses at which a port is listened to, as Linux writes them. */
  private static List<String> listening(int port) throws IOException {
    String end = ":%04X".formatted(port);
    return List.of("tcp", "tcp6").stream()
        .map(table -> Path.of("/proc/net", table))
        .filter(Files::exists)
        .flatMap(table -> {
          try {
            return Files.readAllLines(table).stream();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        })
        .map(line -> line.strip().split(" +"))
        .filter(words -> words.length > 3 && words[1].endsWith(end) && words[3].equals("0A"))
        .map(words -> words[1].substring(0, words[1].indexOf(':')))
        // Java's sockets are of IPv6, at the address that stands for the one of IPv4 (RFC 4291).
        .map(address -> address.replaceFirst("^0{16}FFFF0000", ""))
        .toList();
  }

  @Test
  void secondYes_isTooLate_andItsTabSaysSo() throws Exception {
    CompletableFuture<AtTerminal.Shown> login = login();
    try (Chromium browser = Chromium.startedIn(scene.place)) {
      browser.until("asks to sign in");
      String address = browser.address();
      RequestGate gate = scene.aws.hold(Operation.CREATE_TOKEN);
      browser.press("allow");
      gate.awaitArrivals(1);
      String query = URI.create(address).getRawQuery();
      CompletableFuture<HttpResponse<String>> second =
          other.sendAsync(
              HttpRequest.newBuilder(URI.create(scene.aws.url() + "/authorize"))
                  .POST(BodyPublishers.ofString(query + "&choice=allow&user=ann"))
                  .build(),
              BodyHandlers.ofString());
      while (scene.aws.count(Operation.AUTHORIZE_PAGE) < 3 && !second.isDone()) {
        Thread.sleep(50);
      }
      Thread.sleep(500);
      gate.open();

      browser.until("Signed in");
      assertThat(second.get().statusCode()).isEqualTo(409);
      assertThat(second.get().body()).contains("This sign-in is over");
    }
    assertThat(login.get().exit()).isZero();
    assertThat(scene.aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void tabThatIsLeft_givesWayToADeviceCode() throws Exception {
    CompletableFuture<AtTerminal.Shown> login =
        login(terminal ->
            terminal.expect("d: device code").type("d").expect("check that it shows the code"));
    while (scene.center.pendingUserCodes().isEmpty() && !login.isDone()) {
      Thread.sleep(100);
    }
    scene.center.pendingUserCodes().forEach(code -> scene.center.allow(code, "ann"));
    try (Chromium browser = Chromium.startedIn(scene.place)) {
      browser.address();
    }

    AtTerminal.Shown shown = login.get();
    assertThat(shown.exit()).as(shown.screen()).isZero();
    assertThat(shown.screen()).contains("/authorize?", "/device?user_code=", "Signed in: dev");
  }

  @Test
  void interrupt_endsIt_andLeavesTheTerminalAsItWas() throws Exception {
    // The browser may have been started by then, or not: the terminal ends it as well.
    AtTerminal.Shown shown = login(terminal -> terminal.expect("Waiting, ").type("\u0003")).get();
    assertThat(shown.exit()).as(shown.screen()).isEqualTo(130);
    assertThat(shown.screen()).doesNotContain("Exception", "\tat ");
    URI callback = URI.create(parameter(shown.screen(), "redirect_uri"));
    assertThat(listening(callback.getPort())).isEmpty();
  }
}
