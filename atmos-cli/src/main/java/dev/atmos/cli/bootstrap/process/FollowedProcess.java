package dev.atmos.cli.bootstrap.process;

import dev.atmos.services.system.ProcessControl.LineOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Takes what a child writes until it ends. Like {@link SystemProcesses}, it never waits for what
 * the child has left running in the background.
 */
final class FollowedProcess {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final Process process;
  private final LineOutput output;

  FollowedProcess(Process process, LineOutput output) {
    this.process = process;
    this.output = output;
  }

  private final class Stream {
    private final InputStream in;
    private final boolean isError;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Stream(InputStream in, boolean isError) {
      this.in = in;
      this.isError = isError;
    }

    /** Whether anything was there. */
    boolean take() {
      byte[] there;
      try {
        there = in.readNBytes(in.available());
      } catch (IOException e) {
        // What stops the process has closed it.
        return false;
      }
      for (byte each : there) {
        if (each == '\n') {
          flush();
        } else {
          line.write(each);
          if (line.size() == MOST_BYTES) {
            flush();
          }
        }
      }
      return there.length > 0;
    }

    void flush() {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      output.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, isError);
    }
  }

  /** Returns its exit code. */
  int exitCode() throws InterruptedException {
    Stream out = new Stream(process.getInputStream(), false);
    Stream error = new Stream(process.getErrorStream(), true);
    long pause = 1;
    while (true) {
      // In this order: what an ended process has written is there to be read.
      boolean ended = !process.isAlive();
      boolean wrote = out.take();
      wrote |= error.take();
      if (ended && !wrote) {
        break;
      }
      pause = wrote ? 1 : Math.min(pause + 1, LONGEST_PAUSE_MILLIS);
      process.waitFor(pause, TimeUnit.MILLISECONDS);
    }
    for (Stream each : new Stream[] {out, error}) {
      if (each.line.size() > 0) {
        each.flush();
      }
    }
    return process.exitValue();
  }
}
