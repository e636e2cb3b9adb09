package dev.atmos.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** When a server in the background stops, apart from signals. */
final class StopCondition {
  private StopCondition() {}

  /** Completes when the server has to stop: with a process, or when standard input ends. */
  static CompletableFuture<?> of(LoopbackOptions options, InputStream in) throws UsageException {
    CompletableFuture<Object> stop = new CompletableFuture<>();
    if (options.has("--exit-with")) {
      long pid = options.number("--exit-with", Long.MAX_VALUE);
      ProcessHandle process =
          ProcessHandle.of(pid)
              .orElseThrow(() -> new UsageException("--exit-with: no process " + pid));
      var _ = process.onExit().thenAccept(stop::complete);
    }
    if (options.has("--until-stdin-closes")) {
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
}
