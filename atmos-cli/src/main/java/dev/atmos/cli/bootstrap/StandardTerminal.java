package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.Secret;
import dev.atmos.plugin.io.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of the process. The launcher knows whether there is one, and says so with {@code
 * -Datmos.terminal}: questions are written to standard error and answered on standard input, and
 * Java itself looks at standard output instead of standard error.
 */
final class StandardTerminal implements Terminal {
  private final @Nullable String launcherSays;
  private final InputStream in;

  /**
   * @param launcherSays the value of {@code atmos.terminal}; null if it isn't set
   * @param in standard input
   */
  StandardTerminal(@Nullable String launcherSays, InputStream in) {
    this.launcherSays = launcherSays;
    this.in = in;
  }

  @Override
  public boolean isInteractive() {
    return launcherSays == null
        // Null, or not a terminal: that depends on which implementation Java takes.
        ? Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
        : launcherSays.equals("true");
  }

  @Override
  public Optional<String> readLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int read = in.read();
      if (read < 0) {
        return Optional.empty();
      }
      // By single bytes: what follows may be meant for a process that is started later.
      while (read >= 0 && read != '\n') {
        line.write(read);
        read = in.read();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    String text = line.toString(charset());
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public Optional<Secret> readSecret() {
    if (!isInteractive() || !echo("-echo")) {
      return Optional.empty();
    }
    // Who ends the program in the middle of it wants to see again what is typed afterwards.
    Thread restore = new Thread(() -> echo("echo"));
    Runtime.getRuntime().addShutdownHook(restore);
    try {
      return readLine().map(Secret::of);
    } finally {
      Runtime.getRuntime().removeShutdownHook(restore);
      echo("echo");
    }
  }

  /** Whether the terminal could be told, which is done by the program that POSIX has for it. */
  private static boolean echo(String word) {
    try {
      return new ProcessBuilder("stty", word)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Charset charset() {
    String name = System.getProperty("stdin.encoding", "");
    return Charset.isSupported(name.isEmpty() ? "UTF-8" : name)
        ? Charset.forName(name.isEmpty() ? "UTF-8" : name)
        : StandardCharsets.UTF_8;
  }
}
