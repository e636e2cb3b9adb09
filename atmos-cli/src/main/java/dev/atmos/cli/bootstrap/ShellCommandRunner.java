package dev.atmos.cli.bootstrap;

import dev.atmos.cli.config.CommandRunner;
import dev.atmos.plugin.Secret;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs commands by {@code /bin/sh}, or by {@code cmd.exe} on Windows. */
final class ShellCommandRunner implements CommandRunner {
  private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

  @Override
  public Outcome run(String command, Path directory, int mostBytes, Duration limit)
      throws IOException {
    List<String> words =
        File.separatorChar == '\\'
            ? List.of("cmd.exe", "/d", "/c", command)
            : List.of("/bin/sh", "-c", command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(directory.toFile());
    builder.redirectInput(NOTHING);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    ProcessEnvironment.restore(builder.environment());
    Process process = builder.start();
    Reader reader = new Reader(process, mostBytes);
    reader.start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("takes longer than " + limit.toSeconds() + " seconds");
      }
      reader.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Secret.of(reader.output()));
  }

  /** Reads what the command writes while its time runs. */
  private static final class Reader extends Thread {
    private final Process process;
    private final int mostBytes;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private @Nullable IOException failure;

    Reader(Process process, int mostBytes) {
      super("command output");
      this.process = process;
      this.mostBytes = mostBytes;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (InputStream in = process.getInputStream()) {
        byte[] buffer = new byte[8192];
        int read = in.read(buffer);
        while (read >= 0) {
          synchronized (this) {
            output.write(buffer, 0, read);
            if (output.size() > mostBytes) {
              failure = new IOException("writes more than " + mostBytes + " bytes");
              process.destroyForcibly();
              return;
            }
          }
          read = in.read(buffer);
        }
      } catch (IOException e) {
        synchronized (this) {
          failure = e;
        }
      }
    }

    synchronized String output() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return output.toString(StandardCharsets.UTF_8);
    }
  }
}
