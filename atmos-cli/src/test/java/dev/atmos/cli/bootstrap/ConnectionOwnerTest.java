package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a connection is. */
class ConnectionOwnerTest {
  private static final String TABLE =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1
         1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2
         2: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 3
         3: 0000000000000000FFFF00000100007F:C002 0000000000000000FFFF00000100007F:1F90 01 0:0 00:0 0 65534 0 4
         4: 0100007F:C003 0100007F:1F90 05 00000000:00000000 00:00000000 00000000     0        0 0
         5: 0100007F:C004 0100007F:1F91 01 00000000:00000000 00:00000000 00000000  1002        0 5
      """;

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"49153, 1001", "49154, 65534", "49155, 0", "49156, none", "8080, none"})
  void uid_ofAConnection_isThatOfItsOtherEnd(int port, String uid) {
    assertThat(ConnectionOwner.uid(TABLE, port, 8080)).isEqualTo(uid);
  }

  @Test
  void connection_ofThisProcess_isNoOthers() throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket server = new ServerSocket(0, 1, here);
        Socket client = new Socket(here, server.getLocalPort())) {
      assertThat(ConnectionOwner.isOther(client.getLocalPort(), server.getLocalPort())).isFalse();
    }
  }
}
