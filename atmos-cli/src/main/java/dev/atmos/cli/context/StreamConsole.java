package dev.atmos.cli.context;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The console over two streams. */
final class StreamConsole implements CommandConsole {
  private final OutputStream out;
  private final OutputStream err;
  private boolean debug;
  private boolean levelSaid;

  StreamConsole(OutputStream out, OutputStream err) {
    this.out = out;
    this.err = err;
  }

  /** The level that the command line or a variable says. */
  void level(LogLevel level) {
    levelSaid = true;
    set(level);
  }

  /** Whether the command line or a variable has said the level. */
  boolean isLevelSaid() {
    return levelSaid;
  }

  /** The level that the configuration says, where nothing else has said one. */
  void configuredLevel(LogLevel level) {
    set(level);
  }

  private void set(LogLevel level) {
    debug = level == LogLevel.DEBUG || level == LogLevel.TRACE;
  }

  boolean isDebug() {
    return debug;
  }

  @Override
  public void answer(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "the answer can't be written to standard output: " + reason(e), null, e);
    }
  }

  @Override
  public void say(String line) {
    try {
      err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // Nobody is there to be told.
    }
  }

  @Override
  public void debug(String line) {
    if (debug) {
      say("debug: " + line);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? "it failed" : message;
  }
}
