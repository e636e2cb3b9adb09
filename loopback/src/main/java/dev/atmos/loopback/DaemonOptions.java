package dev.atmos.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a server in the background: its port, how it announces it, and when it stops. */
final class DaemonOptions {
  private int port;

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Write the port here once ready.")
  private @Nullable Path portFile;

  @Option(names = "--exit-with", paramLabel = "PID", description = "Stop when this process ends.")
  private @Nullable ProcessHandle process;

  @Option(names = "--until-stdin-closes", description = "Stop when standard input ends.")
  private boolean untilStdinCloses;

  @Option(names = "--port", paramLabel = "PORT", description = "The TCP port (a free one).")
  void port(int number) {
    if (number < 0 || number > 65535) {
      throw new TypeConversionException("not a port: " + number);
    }
    port = number;
  }

  int port() {
    return port;
  }

  /**
   * Removes the port file of an earlier run, which would announce a server that is gone. The result
   * completes when the server has to stop.
   */
  CompletableFuture<?> start(InputStream in) throws IOException {
    if (portFile != null) {
      Files.deleteIfExists(portFile);
    }
    CompletableFuture<Object> stop = new CompletableFuture<>();
    if (process != null) {
      var _ = process.onExit().thenAccept(stop::complete);
    }
    if (untilStdinCloses) {
      Thread.ofVirtual().start(() -> stop.complete(drain(in)));
    }
    return stop;
  }

  private static boolean drain(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A standard input that can't be read has ended, too.
    }
    return true;
  }

  /** Announces that the server is ready: every other file is written by now. */
  void ready(int actualPort) throws IOException {
    DaemonFiles.write(portFile, actualPort + "\n");
  }
}
