package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.services.system.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code atmos auth serve} in whole runs: what it answers, and to whom. */
@Timeout(60)
final class ServeRunTest {
  private static final ProcessIdentity SHELL =
      new ProcessIdentity(42, Instant.parse("2025-01-15T11:00:00Z"), "here");
  private static final String YAML =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: PORTAL, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          a/b c:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: View, account: {id: "111111111111"}, region: eu-west-1}
      """;

  @RegisterExtension final CorpCenter corp = new CorpCenter();

  @TempDir Path root;
  private int runs;

  /** On real directories, since the file of variables is protected. */
  private AtmosRun atmos() {
    AtmosRun atmos =
        AtmosRun.in(new RealDirectories(root.resolve("" + ++runs)))
            .file("atmos.yaml", YAML.replace("PORTAL", CorpCenter.URL))
            .watched();
    corp.connect(atmos);
    assertThat(atmos.run("auth", "login", "dev", "--no-browser").exitCode()).isZero();
    atmos.machine().processes().parent(SHELL);
    return atmos;
  }

  /** A run that goes on, what it has printed into a file, and what ends it. */
  private record Serving(AtmosRun atmos, CompletableFuture<AtmosRun.Result> run, String printed)
      implements AutoCloseable {

    static Serving of(AtmosRun atmos, String... names) throws InterruptedException {
      String[] words = new String[names.length + 6];
      System.arraycopy(
          new String[] {"auth", "serve", "-f", names.length > 1 ? "bash" : "env", "-o", "out.env"},
          0,
          words,
          0,
          6);
      System.arraycopy(names, 0, words, 6, names.length);
      CompletableFuture<AtmosRun.Result> run =
          CompletableFuture.supplyAsync(
              () -> atmos.unchecked(words), action -> Thread.ofPlatform().daemon().start(action));
      while (!run.isDone() && !atmos.exists("out.env")) {
        Thread.sleep(20);
      }
      return new Serving(atmos, run, run.isDone() ? run.join().stderr() : atmos.read("out.env"));
    }

    String variable(String name, int which) {
      Matcher line =
          Pattern.compile("(?m)^(?:export )?" + name + "='?([^'\n]*)'?$").matcher(printed);
      for (int i = 0; i <= which; i++) {
        assertThat(line.find()).as(printed).isTrue();
      }
      return line.group(1);
    }

    URI address(int which) {
      return URI.create(variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", which));
    }

    String token(int which) {
      return variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", which);
    }

    /** The answer to a request as it is, headers and all. */
    String ask(String request) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address(0).getPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream answer = socket.getInputStream();
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    String get(int which, String token) throws IOException {
      return ask(
          "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
              .formatted(address(which).getRawPath(), address(which).getRawAuthority(), token));
    }

    /** The shell that has started it ends. */
    AtmosRun.Result end() {
      atmos.machine().processes().ended(SHELL);
      return run.join();
    }

    @Override
    public void close() {
      end();
    }
  }

  @Test
  void credentials_areServed_untilTheParentEnds() throws Exception {
    AtmosRun atmos = atmos();
    Serving serving = Serving.of(atmos, "dev");

    String answer = serving.get(0, serving.token(0));

    assertThat(serving.printed())
        .as("there is no atmos where they are read")
        .doesNotContain("\nATMOS_", "KUBE");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/json")
        .containsPattern(
            "\\{\"AccessKeyId\":\"ASIA[A-Z0-9]+\",\"SecretAccessKey\":\"[^\"]+\","
                + "\"Token\":\"[^\"]+\",\"Expiration\":\"2025-01-15T13:00:0[0-9]Z\"}$")
        .doesNotContainIgnoringCase("access-control-allow");
    AtmosRun.Result result = serving.end();
    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).matches("Serving dev on 127\\.0\\.0\\.1:[0-9]+; Ctrl-C ends it\n");
    assertThat(atmos.permissions("out.env")).isEqualTo("rw-------");
  }

  @Test
  void request_ofAnybodyElse_getsNothing() throws Exception {
    try (Serving serving = Serving.of(atmos(), "dev")) {
      String path = serving.address(0).getRawPath();
      String host = serving.address(0).getRawAuthority();
      String key = "Authorization: " + serving.token(0) + "\r\n";
      String[][] rows = {
        {"401", "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"},
        {"401", "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: x\r\n\r\n"},
        {"401", "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + key + key + "\r\n"},
        {"403", "GET " + path + " HTTP/1.1\r\nHost: evil.example:80\r\n" + key + "\r\n"},
        {"403", "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n" + key + "\r\n"},
        {"403", "GET " + path + " HTTP/1.1\r\n" + key + "\r\n"},
        {"403", "GET " + path + " HTTP/1.1\r\nHost: a\r\nHost: " + host + "\r\n" + key + "\r\n"},
        {"404", "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + key + "\r\n"},
        {"404", "GET " + path + "?x HTTP/1.1\r\nHost: " + host + "\r\n" + key + "\r\n"},
        {"405", "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + key + "\r\n"},
        {
          "405",
          "OPTIONS " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://evil\r\n\r\n"
        },
        {"200", "GET " + path + " HTTP/1.1\r\nhost: localhost:1\r\n" + key + "\r\n"},
        {"200", "GET " + path + " HTTP/1.1\r\nHost: [::1]:1\r\n" + key + "\r\n"},
      };
      for (String[] row : rows) {
        String answer = serving.ask(row[1]);
        assertThat(answer).as(row[1]).startsWith("HTTP/1.1 " + row[0] + " ");
        assertThat(answer.contains("SecretAccessKey")).isEqualTo(row[0].equals("200"));
        assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
      }
    }
  }

  @Test
  void identities_haveAPathAndATokenEach() throws Exception {
    try (Serving serving = Serving.of(atmos(), "dev", "a/b c", "dev")) {
      assertThat(serving.printed()).contains("# dev\n", "# a/b c\n", " AWS_REGION=eu-west-1\n");
      assertThat(serving.address(1).getRawPath()).isEqualTo("/a%2Fb%20c");
      assertThat(serving.get(0, serving.token(0))).startsWith("HTTP/1.1 200 ");
      assertThat(serving.get(1, serving.token(1))).startsWith("HTTP/1.1 200 ");
      assertThat(serving.get(1, serving.token(0))).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void credentials_areRenewed_andAnEndedSignInIsSaid() throws Exception {
    AtmosRun atmos = atmos();
    Serving serving = Serving.of(atmos, "dev");
    String first = serving.get(0, serving.token(0));
    atmos.machine().clock().advance(Duration.ofMinutes(56));

    String second = serving.get(0, serving.token(0));
    atmos.machine().clock().advance(Duration.ofDays(100));
    String third = serving.get(0, serving.token(0));

    assertThat(first).contains("T13:00:0");
    assertThat(second).contains("T13:56:0");
    assertThat(third)
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"SIGN_IN_REQUIRED\"")
        .doesNotContain("SecretAccessKey");
    assertThat(corp.aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(2);
    assertThat(serving.end().stderr()).contains("run: atmos auth login dev");
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, unknown identity 'nobody'",
    "--port=70000, --port is not a port",
    "--format=github, atmos auth env -f github",
    "--output-file=/dev/null/x, can't"
  })
  void words_thatAreWrong_areRefused(String word, String part) {
    AtmosRun.Result result = atmos().unchecked("auth", "serve", "dev", word);

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.stderr()).contains(part);
  }

  @ParameterizedTest
  @CsvSource({"env", "dotenv", "json"})
  void variables_ofSeveralIdentities_areNotWrittenForAProgram(String format) {
    AtmosRun.Result result = atmos().unchecked("auth", "serve", "dev", "a/b c", "-f", format);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .isEqualTo(
            "atmos: the format "
                + format
                + " has room for the variables of one identity; start atmos auth serve once for"
                + " each, or choose a shell's format, such as -f bash, in which each has its own"
                + " lines\n");
  }

  @Test
  void port_thatIsTaken_isSaid() throws Exception {
    try (Serving serving = Serving.of(atmos(), "dev")) {
      AtmosRun.Result other =
          atmos().unchecked("auth", "serve", "dev", "--port", "" + serving.address(0).getPort());

      assertThat(other.exitCode()).isEqualTo(1);
      assertThat(other.stderr()).contains("can't listen on 127.0.0.1", "--port PORT");
    }
  }
}
