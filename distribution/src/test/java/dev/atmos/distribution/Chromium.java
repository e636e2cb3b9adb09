package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real browser without a window, which another program starts, and a test steers by the DevTools
 * protocol.
 */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 50;
  private static final String PROFILE = "--user-data-dir=";

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private final Path profile;
  private int calls;

  private Chromium(Path profile) throws Exception {
    this.profile = profile;
    Path ports = profile.resolve("DevToolsActivePort");
    String port = "";
    for (int i = 0; i < SECONDS * 10 && port.isEmpty(); i++) {
      Thread.sleep(100);
      // It is written in two steps.
      List<String> lines = Files.exists(ports) ? Files.readAllLines(ports) : List.of();
      port = lines.size() == 2 ? lines.getFirst() : "";
    }
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page(port)), new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** The command that starts it, whose profile is in that directory. */
  static Path command(Path place) throws IOException {
    return command(place.resolve("my browser"), "'" + PROFILE + profile(place) + "' \"$1\"");
  }

  /** A command that takes the options and the address of who starts it. */
  static Path commandAt(Path script) throws IOException {
    return command(script, "\"$@\"");
  }

  private static Path command(Path script, String arguments) throws IOException {
    Path program =
        List.of("chromium", "chromium-browser", "google-chrome").stream()
            .map(Tools::onPath)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> Tools.absent("there is no Chromium on PATH"));
    Launch.write(
        script,
        """
        #!/bin/sh
        exec '%s' --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \\
          --no-first-run --disable-extensions --disable-background-networking \\
          --remote-debugging-port=0 %s >/dev/null 2>&1
        """
            .formatted(program, arguments));
    return Scratch.open(script, "rwxr-xr-x");
  }

  private static Path profile(Path place) {
    return place.resolve("chromium");
  }

  /** The one that the command has started. */
  static Chromium startedIn(Path place) throws Exception {
    return startedAt(profile(place));
  }

  /** The one whose profile is in that directory. */
  static Chromium startedAt(Path profile) throws Exception {
    return new Chromium(profile);
  }

  private String page(String port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
            .timeout(Duration.ofSeconds(SECONDS))
            .build();
    for (int i = 0; i < SECONDS * 10; i++) {
      JsonNode targets = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      for (JsonNode target : targets) {
        if (target.path("type").asText().equals("page")
            && target.path("url").asText().startsWith("http")) {
          return target.get("webSocketDebuggerUrl").asText();
        }
      }
      Thread.sleep(100);
    }
    return fail("the browser shows no page");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, part, last);
    }
  }

  /** What an expression of JavaScript is in the page. */
  String evaluate(String expression) throws Exception {
    int id = ++calls;
    Map<String, Object> call =
        Map.of(
            "id",
            id,
            "method",
            "Runtime.evaluate",
            "params",
            Map.of("expression", expression, "returnByValue", true));
    socket.sendText(JSON.writeValueAsString(call), true).get(SECONDS, TimeUnit.SECONDS);
    while (true) {
      String message = messages.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        return fail("the browser doesn't answer");
      }
      JsonNode answer = JSON.readTree(message);
      if (answer.path("id").asInt() == id) {
        return answer.path("result").path("result").path("value").asText();
      }
    }
  }

  String address() throws Exception {
    return evaluate("location.href");
  }

  /** Waits until the page says that. */
  String until(String text) throws Exception {
    String shown = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end) {
      shown = evaluate("document.body ? document.body.innerText : ''");
      if (shown.contains(text)) {
        return shown;
      }
      Thread.sleep(100);
    }
    return fail("the page doesn't say '" + text + "', but: " + shown);
  }

  /** Presses the button of that value. */
  void press(String button) throws Exception {
    evaluate("document.querySelector('button[value=" + button + "]').click()");
  }

  /**
   * Ends it. The client's own close() waits for the end of the WebSocket, and can miss that end
   * where the browser goes while it begins to wait; and a browser that is asked to go while it
   * opens a second page may stay.
   */
  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    processes(profile).forEach(ProcessHandle::destroyForcibly);
  }

  /** The arguments of all of its processes. */
  String arguments() {
    return processes(profile)
        .map(process -> String.join(" ", process.info().arguments().orElse(new String[0])))
        .collect(Collectors.joining("\n"));
  }

  /** Kills what was started in a place, if anything was. */
  static void kill(Path place) {
    processes(profile(place)).forEach(ProcessHandle::destroyForcibly);
  }

  private static Stream<ProcessHandle> processes(Path profile) {
    String option = PROFILE + profile;
    return ProcessHandle.allProcesses()
        .filter(
            process -> List.of(process.info().arguments().orElse(new String[0])).contains(option));
  }
}
