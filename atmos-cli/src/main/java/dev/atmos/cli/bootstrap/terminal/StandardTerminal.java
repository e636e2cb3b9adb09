package dev.atmos.cli.bootstrap.terminal;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.KeyPress;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of the process. The launcher knows whether there is one, and says so with {@code
 * -Datmos.terminal}: {@code both} where questions can be asked, {@code output} where they can't be
 * answered. They are written to standard error and answered on standard input, and Java itself
 * looks at standard output instead of standard error.
 */
public final class StandardTerminal implements InteractiveTerminal {
  private static final String BOTH = "both";
  private static final String OUTPUT = "output";
  private static final int USUAL_COLUMNS = 80;

  private final @Nullable String launcherSays;
  private final InputStream in;
  private final OutputStream err;
  private final BooleanSupplier inBackground;

  /**
   * @param launcherSays the value of {@code atmos.terminal}; null if it isn't set
   * @param in standard input
   * @param err standard error
   */
  public StandardTerminal(@Nullable String launcherSays, InputStream in, OutputStream err) {
    this(launcherSays, in, err, JobControl::isInBackground);
  }

  /**
   * @param inBackground whether a shell runs this in its background, which may change
   */
  StandardTerminal(
      @Nullable String launcherSays,
      InputStream in,
      OutputStream err,
      BooleanSupplier inBackground) {
    this.launcherSays = launcherSays;
    this.in = in;
    this.err = err;
    this.inBackground = inBackground;
  }

  @Override
  public boolean isInteractive() {
    return (launcherSays == null ? javaSays() : launcherSays.equals(BOTH))
        && !inBackground.getAsBoolean();
  }

  @Override
  public boolean isWatched() {
    return launcherSays == null
        ? javaSays()
        : launcherSays.equals(BOTH) || launcherSays.equals(OUTPUT);
  }

  private static boolean javaSays() {
    // Null, or not a terminal: that depends on which implementation Java takes.
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  @Override
  public void show(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // There is no terminal to write to.
    }
  }

  @Override
  public Line live(Supplier<String> text) {
    if (inBackground.getAsBoolean()) {
      // It would write over what the user types in the foreground.
      return () -> {};
    }
    StatusLine line = new StatusLine(this, text);
    line.start();
    return line;
  }

  @Override
  public int columns() {
    Optional<String> size = stty("size");
    if (size.isEmpty()) {
      return USUAL_COLUMNS;
    }
    try {
      int columns = Integer.parseInt(size.get().substring(size.get().indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }

  @Override
  public Optional<String> readLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int read = in.read();
      if (read < 0) {
        return Optional.empty();
      }
      // By single bytes: what follows may be the input of a process that is started later.
      while (read >= 0 && read != '\n') {
        line.write(read);
        read = in.read();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    String text =
        line.toString(
            Charset.forName(System.getProperty("stdin.encoding", "UTF-8"), StandardCharsets.UTF_8));
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public Optional<Secret> readSecret() {
    return isInteractive()
        ? withSettings(() -> readLine().map(Secret::of), "-echo").flatMap(secret -> secret)
        : Optional.empty();
  }

  @Override
  public <T> Optional<T> withKeys(Function<Supplier<KeyPress>, T> action) {
    KeyDecoder keys = new KeyDecoder(in);
    return isInteractive()
        ? withSettings(
            () -> action.apply(keys::next), "-echo", "-icanon", "-isig", "-ixon", "min", "1")
        : Optional.empty();
  }

  @Override
  public Optional<Keys> keys() {
    Settings settings = isInteractive() ? change("-echo", "-icanon", "min", "1") : null;
    return settings == null ? Optional.empty() : Optional.of(new PressedKeys(settings));
  }

  private final class PressedKeys implements Keys {
    private final KeyDecoder decoder = new KeyDecoder(in);
    private final Settings settings;

    private PressedKeys(Settings settings) {
      this.settings = settings;
    }

    @Override
    public Optional<KeyPress> pressed() {
      try {
        return in.available() > 0 && !inBackground.getAsBoolean()
            ? Optional.of(decoder.next())
            : Optional.empty();
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      settings.close();
    }
  }

  private <T> Optional<T> withSettings(Supplier<T> action, String... words) {
    try (Settings settings = change(words)) {
      return settings == null ? Optional.empty() : Optional.of(action.get());
    }
  }

  /** Null where {@code stty}, by which POSIX has it done, can't set the terminal. */
  private @Nullable Settings change(String... words) {
    Optional<String> before = stty("-g");
    if (before.isEmpty() || stty(words).isEmpty()) {
      return null;
    }
    // A user who interrupts the program wants to see again what is typed afterwards.
    Settings settings = new Settings(before.get());
    Runtime.getRuntime().addShutdownHook(settings.atExit);
    return settings;
  }

  /** The terminal's settings before they were changed. */
  private final class Settings implements AutoCloseable {
    private final String before;
    private final Thread atExit = new Thread(this::restore);

    Settings(String before) {
      this.before = before;
    }

    /** In the background, the shell has set the terminal as it wants it. */
    private void restore() {
      if (!inBackground.getAsBoolean()) {
        stty(before);
      }
    }

    @Override
    public void close() {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // The program is ending, and does it.
        return;
      }
      restore();
    }
  }

  /** The output of the program; empty if it fails. */
  private static Optional<String> stty(String... words) {
    try {
      List<String> command = new ArrayList<>(List.of("stty"));
      command.addAll(List.of(words));
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
