package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.services.system.CallbackRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections, within this machine. */
class SocketCallbackListenerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String HEAD = "GET /oauth/callback?a=b HTTP/1.1\r\nhOST:  127.0.0.1:1 \r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private SocketCallbackListener listener;

  @BeforeEach
  void start() throws IOException {
    listener = SocketCallbackListener.start(0, true);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connected(String text) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port());
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void request_ofABrowser_waitsForItsAnswer() throws IOException {
    Socket browser = connected(HEAD + "Accept: */*\r\n\r\n");

    CallbackRequest request = listener.next(LONG).orElseThrow();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/oauth/callback?a=b");
    assertThat(request.host()).isEqualTo("127.0.0.1:1");
    assertThat(request.toString()).doesNotContain("a=b");
    request.answer(400, "<p>Tsch\u00fcs</p>");

    assertThat(answer(browser))
        .startsWith("HTTP/1.1 400 \r\n")
        .contains("Content-Length: 14\r\n", "Connection: close\r\n", "frame-ancestors 'none'")
        .endsWith("\r\n\r\n<p>Tsch\u00fcs</p>");
    assertThat(listener.next(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void request_thatComesInPieces_isWhole() throws IOException {
    Socket browser = connected(HEAD);
    assertThat(listener.next(Duration.ofMillis(50))).isEmpty();
    browser.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(listener.next(LONG)).isPresent();
  }

  @Test
  void request_besideSilentConnections_isNotHeldUp() throws IOException {
    for (int i = 0; i < 5; i++) {
      connected("");
    }
    connected(HEAD + "\r\n");

    assertThat(listener.next(Duration.ofSeconds(4))).isPresent();
  }

  @Test
  void browser_thatHasGone_getsNothing_andNothingFails() throws IOException {
    connected(HEAD + "\r\n").close();

    CallbackRequest gone = listener.next(LONG).orElseThrow();
    gone.answer(200, "x".repeat(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1 more\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/2\r\n\r\n",
        "\u0016\u0003\u0001\r\n\r\n"
      })
  void other_thanHttp_isHungUpOn(String text) throws IOException {
    assertThat(answer(connected(text))).isEmpty();
    assertThat(listener.next(Duration.ZERO)).isEmpty();
  }

  @Test
  void silence_isHungUpOn_afterAWhile() throws IOException {
    assertThat(answer(connected("GET /"))).isEmpty();
  }

  @Test
  void address_isThatOfThisMachineAlone() throws IOException {
    int port = listener.port();
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
            .toList();

    for (InetAddress other : others) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 5000))
            .as(other.toString())
            .isInstanceOf(ConnectException.class);
      }
    }
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress("127.0.0.2", port), 5000))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void port_afterTheEnd_isFree() throws Exception {
    connected("");
    listener.close();

    // Those that wait for connections learn of it a moment later.
    long end = System.nanoTime() + LONG.toNanos();
    boolean free = false;
    while (!free && System.nanoTime() < end) {
      Thread.onSpinWait();
      try (ServerSocket other = new ServerSocket()) {
        other.setReuseAddress(true);
        other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.port()));
        free = true;
      } catch (BindException e) {
        // Not yet.
      }
    }
    assertThat(free).isTrue();
  }

  @Test
  void port_whileAnotherListens_isAnother() throws IOException {
    try (SocketCallbackListener other = SocketCallbackListener.start(0, true)) {
      assertThat(other.port()).isNotEqualTo(listener.port());
    }
  }
}
