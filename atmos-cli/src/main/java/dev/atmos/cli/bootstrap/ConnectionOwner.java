package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose a connection on this machine is, as Linux says it. Elsewhere it isn't known.
 *
 * @see <a href="https://docs.kernel.org/networking/proc_net_tcp.html">The proc/net/tcp
 *     variables</a>
 */
final class ConnectionOwner {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int ADDRESS = 1;
  private static final int PEER = 2;
  private static final int UID = 7;

  private ConnectionOwner() {}

  /**
   * Whether a connection was made by another user than this process's own and root.
   *
   * @param port the port at its other end
   * @param server the port that it was made to
   */
  static boolean isOther(int port, int server) {
    try {
      Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      for (Path table : TABLES) {
        String uid =
            Files.exists(table)
                ? uid(Files.readString(table, StandardCharsets.US_ASCII), port, server)
                : null;
        if (uid != null) {
          return !uid.equals(self.toString()) && !uid.equals("0");
        }
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Another system.
    }
    return false;
  }

  /**
   * The number of a connection's user, and root's for one whose end there is closed, where an
   * answer reaches no program; null if the table doesn't have the connection.
   */
  static @Nullable String uid(String table, int port, int server) {
    String end = ":%04X".formatted(port);
    String other = ":%04X".formatted(server);
    for (String line : table.split("\n", -1)) {
      String[] fields = line.strip().split(" +", -1);
      if (fields.length > UID && fields[ADDRESS].endsWith(end) && fields[PEER].endsWith(other)) {
        return fields[UID];
      }
    }
    return null;
  }
}
