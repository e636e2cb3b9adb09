package dev.atmos.cli.context;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The console over two streams. */
public final class StreamConsole implements CommandConsole {
  private final OutputStream out;
  private final OutputStream err;
  private boolean debug;
  private boolean levelSet;
  private boolean readerGone;
  private @Nullable HostContext context;
  private @Nullable LogFile log;

  /** Nothing is written yet. */
  public StreamConsole(OutputStream out, OutputStream err) {
    this.out = out;
    this.err = err;
  }

  /** The level that the command line, a variable or else the configuration sets. */
  public void level(LogLevel level) {
    levelSet = true;
    debug = level == LogLevel.DEBUG || level == LogLevel.TRACE;
  }

  /** The context of the command, which knows where debug output goes. */
  void context(HostContext ofCommand) {
    context = ofCommand;
  }

  /** Whether a level has been set. */
  boolean isLevelSet() {
    return levelSet;
  }

  /** Whether debug output is written. */
  public boolean isDebug() {
    return debug;
  }

  /** Whether the program that read the answer has ended, as {@code head} does. */
  public boolean isReaderGone() {
    return readerGone;
  }

  @Override
  public void answer(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      readerGone = "Broken pipe".equals(e.getMessage());
      throw new AtmosException(
          ExitCode.FAILED,
          "the answer can't be written to standard output: " + e.getMessage(),
          null,
          e);
    }
  }

  @Override
  public void say(String line) {
    try {
      err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // There is no other stream to report that to.
    }
  }

  @Override
  public void debug(String line) {
    if (!debug) {
      return;
    }
    if (log == null && context != null) {
      log = LogFile.of(context);
    }
    if (log == null || !log.append(line)) {
      say("debug: " + line);
    }
  }
}
