package dev.atmos.cli.bootstrap;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy (RFC 1928) on this machine that leads every host's name to one port of it. */
final class SocksProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  SocksProxy(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Hosts and ports, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      in.readByte();
      in.readFully(new byte[in.readByte()]);
      out.write(new byte[] {5, 0});
      in.readFully(new byte[3]);
      boolean address = in.readByte() == 1;
      byte[] host = new byte[address ? 4 : in.readByte()];
      in.readFully(host);
      String name =
          address
              ? InetAddress.getByAddress(host).getHostAddress()
              : new String(host, StandardCharsets.US_ASCII);
      asked.add(name + ":" + in.readUnsignedShort());
      out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
      Thread.ofVirtual().start(() -> copy(far, client));
      copy(client, far);
    } catch (IOException e) {
      // One of both is gone.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of both is gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
