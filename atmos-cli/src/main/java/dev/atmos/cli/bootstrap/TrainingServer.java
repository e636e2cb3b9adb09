package dev.atmos.cli.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for EKS while a start-up cache is trained: on this machine, and only for as long. Its
 * one answer is the description of a cluster that is nowhere.
 */
final class TrainingServer implements AutoCloseable {
  private static final String CLUSTER =
      """
      {"cluster":{"name":"demo","arn":"arn:aws:eks:us-east-2:111122223333:cluster/demo",\
      "status":"ACTIVE","endpoint":"https://demo.invalid","certificateAuthority":{"data":"\
      LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}}
      """;

  private final ServerSocket server;

  TrainingServer() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** The address without its scheme. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = in.readLine();
        // A greeting of TLS has no lines to wait for.
        if (first == null || !first.endsWith("HTTP/1.1")) {
          continue;
        }
        for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {
          // What is asked for doesn't matter.
        }
        OutputStream out = socket.getOutputStream();
        byte[] body = CLUSTER.getBytes(StandardCharsets.UTF_8);
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
      } catch (IOException e) {
        // Closed, or the client is gone.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
