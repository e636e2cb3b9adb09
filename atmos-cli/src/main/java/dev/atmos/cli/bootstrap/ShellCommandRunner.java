package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.CommandRunner;
import dev.atmos.plugin.Secret;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands by {@code /bin/sh}, or by {@code cmd.exe} on Windows. A command is over when its
 * shell is: what it has left running in the background, such as an agent, may keep its standard
 * output open for as long as it likes, and isn't waited for.
 */
final class ShellCommandRunner implements CommandRunner {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final File NOTHING = new File(WINDOWS ? "NUL" : "/dev/null");

  /** How long a command that is stopped may take to tidy up. */
  private static final long GRACE_MILLIS = 500;

  private static final long LONGEST_PAUSE_MILLIS = 10;

  @Override
  public Outcome run(String command, Path directory, int mostBytes, Duration limit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words(command));
    builder.directory(directory.toFile());
    builder.redirectInput(NOTHING);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    ProcessEnvironment.restore(builder.environment());
    if (!WINDOWS) {
      builder.environment().put("PWD", directory.toString());
    }
    Process process = start(builder);
    try (InputStream in = process.getInputStream()) {
      byte[] output = output(process, in, mostBytes, limit);
      return new Outcome(process.exitValue(), Secret.of(text(output)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    } finally {
      stop(process);
    }
  }

  private static List<String> words(String command) {
    // With /s, cmd.exe takes off the outer quotes and leaves all others alone.
    return WINDOWS
        ? List.of("cmd.exe", "/d", "/s", "/c", "\"" + command + "\"")
        : List.of("/bin/sh", "-c", command);
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      // Its message shows the command.
      throw new IOException("can't be started");
    }
  }

  /**
   * What the process writes until it ends. It is asked for what is there already, and never waited
   * for: a read could wait for the process's children.
   */
  private static byte[] output(Process process, InputStream in, int mostBytes, Duration limit)
      throws IOException, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    long deadline = System.nanoTime() + limit.toNanos();
    long pause = 1;
    while (true) {
      // In this order: what an ended process has written is there to be read.
      boolean ended = !process.isAlive();
      int available = in.available();
      while (available > 0) {
        output.write(in.readNBytes(Math.min(available, mostBytes + 1 - output.size())));
        if (output.size() > mostBytes) {
          throw new IOException("writes more than " + mostBytes + " bytes");
        }
        available = in.available();
      }
      if (ended) {
        return output.toByteArray();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("takes longer than " + limit.toSeconds() + " seconds");
      }
      process.waitFor(pause, TimeUnit.MILLISECONDS);
      pause = Math.min(pause + 1, LONGEST_PAUSE_MILLIS);
    }
  }

  private static String text(byte[] output) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(output)).toString();
    } catch (CharacterCodingException e) {
      // Not as the cause, and not with other characters in their place: it may be a secret.
      throw new IOException("writes something that isn't UTF-8");
    }
  }

  /** Ends a process that hasn't ended, and all that it has started. */
  private static void stop(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    try {
      process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
