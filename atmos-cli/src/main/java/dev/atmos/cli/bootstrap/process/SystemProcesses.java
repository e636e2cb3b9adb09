package dev.atmos.cli.bootstrap.process;

import dev.atmos.cli.view.SecretNames;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's processes. A program is over when its own process is: what it has left
 * running in the background, such as an agent, may keep its standard output open for as long as it
 * likes, and isn't waited for.
 */
public final class SystemProcesses implements ProcessControl {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final File NOTHING = new File(WINDOWS ? "NUL" : "/dev/null");

  /** How long a command that is stopped may take to tidy up. */
  private static final long GRACE_MILLIS = 500;

  private static final long LONGEST_PAUSE_MILLIS = 10;

  /** Longer than any answer is waited for. */
  private static final long MOST_DEFERRED_SECONDS = 30;

  private final Environment environment;
  private final @Nullable ExecHandover handover;
  private @Nullable String namespace;

  SystemProcesses(Environment environment) {
    this(environment, null);
  }

  /**
   * @param handover null where the launcher doesn't wait for one
   */
  public SystemProcesses(Environment environment, @Nullable ExecHandover handover) {
    this.environment = environment;
    this.handover = handover;
  }

  @Override
  public ProcessIdentity self() {
    ProcessHandle self = ProcessHandle.current();
    String known = namespace;
    if (known == null) {
      known = namespace(Long.toString(self.pid())).strip().replaceAll("[^A-Za-z0-9]+", "_");
      namespace = known;
    }
    return new ProcessIdentity(self.pid(), start(self), known);
  }

  @Override
  public Optional<ProcessIdentity> parent() {
    return ProcessHandle.current()
        .parent()
        .map(parent -> new ProcessIdentity(parent.pid(), start(parent), self().namespace()));
  }

  @Override
  public boolean isRunning(ProcessIdentity process) {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
    return handle.isPresent()
        && handle.get().isAlive()
        && start(handle.get()).equals(process.startedAt());
  }

  private static Instant start(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** On Linux, by what /proc says; elsewhere, there is one namespace in a machine. */
  private String namespace(String pid) {
    try {
      Path self = Path.of("/proc/self");
      if (!Files.isSymbolicLink(self)) {
        return run(Program.of(List.of("hostname"))).output().reveal();
      }
      if (Files.readSymbolicLink(self).toString().equals(pid)) {
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
        return boot.strip() + Files.readSymbolicLink(self.resolve("ns/pid"));
      }
    } catch (IOException e) {
      // As below.
    }
    // Whether another process runs can't be told here, so each one is in a namespace of its own.
    return UUID.randomUUID().toString();
  }

  @Override
  public Optional<Path> find(String program) {
    Optional<String> path = environment.nonEmpty("PATH");
    if (path.isEmpty() || program.isEmpty()) {
      return Optional.empty();
    }
    String[] endings =
        WINDOWS
            ? environment.nonEmpty("PATHEXT").orElse(".COM;.EXE;.BAT;.CMD").split(";", -1)
            : new String[] {""};
    for (String directory : path.get().split(File.pathSeparator, -1)) {
      for (String ending : endings) {
        // An empty directory would be the one that the user happens to be in.
        File file = new File(directory, program + ending);
        if (!directory.isEmpty() && file.isFile() && file.canExecute()) {
          return Optional.of(file.toPath().toAbsolutePath());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> shell(String commandLine) {
    // With /s, cmd.exe takes off the outer quotes and leaves all others alone.
    return WINDOWS
        ? List.of("cmd.exe", "/d", "/s", "/c", "\"" + commandLine + "\"")
        : List.of("/bin/sh", "-c", commandLine);
  }

  @Override
  public Outcome run(Program program) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.words());
    Path directory = program.directory();
    Secret input = program.input();
    if (input == null) {
      builder.redirectInput(NOTHING);
    }
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    prepare(builder, directory, program.variables());
    Process process = start(builder);
    try (InputStream in = process.getInputStream()) {
      if (input != null) {
        give(process, input);
      }
      byte[] output = output(process, in, program.mostBytes(), program.limit());
      return Outcome.of(process.exitValue(), Secret.of(text(output)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    } finally {
      stop(process);
    }
  }

  @Override
  public int attach(List<String> words, @Nullable Path directory, List<Variable> variables)
      throws IOException {
    // Where the user is already, they may have come by a link, which PWD remembers.
    Path elsewhere =
        directory == null || directory.equals(Path.of("").toAbsolutePath()) ? null : directory;
    checkProgram(words.get(0), elsewhere);
    if (handover != null) {
      handover.to(words, elsewhere, variables);
      return 0;
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    prepare(builder, elsewhere, variables);
    try {
      return ForegroundProcess.run(builder);
    } catch (IOException e) {
      // Its message shows the command.
      throw new IOException("can't be started");
    }
  }

  @Override
  public int follow(
      List<String> words,
      Path directory,
      List<Variable> variables,
      Duration patience,
      LineOutput output)
      throws IOException {
    checkProgram(words.get(0), directory);
    ProcessBuilder builder = new ProcessBuilder(words).redirectInput(NOTHING);
    prepare(builder, directory, variables);
    CompletableFuture<Process> child = new CompletableFuture<>();
    CountDownLatch taken = new CountDownLatch(1);
    // Before the start: an interrupt in between must not leave the child without a parent.
    Runnable end =
        () -> {
          var _ = child.thenAccept(each -> end(each, patience, taken));
        };
    try (var _ = onInterrupt(end)) {
      Process process = start(builder);
      child.complete(process);
      try {
        return new FollowedProcess(process, output).exitCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("was interrupted", e);
      } finally {
        stop(process);
        taken.countDown();
      }
    }
  }

  /** An interrupt from the terminal has reached it too, and it may have to tidy up. */
  private static void end(Process process, Duration patience, CountDownLatch taken) {
    try {
      process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      stop(process);
      // What it has written last.
      taken.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stop(process);
      Thread.currentThread().interrupt();
    }
  }

  private static void checkProgram(String program, @Nullable Path directory) throws IOException {
    if (program.indexOf('/') < 0) {
      return;
    }
    File file = directory == null ? new File(program) : directory.resolve(program).toFile();
    if (file.isDirectory()) {
      throw new IOException("is a directory");
    }
    if (file.exists() && !file.canExecute()) {
      throw new IOException("is not executable");
    }
  }

  @Override
  public LaunchedProgram launch(List<String> words) throws IOException {
    List<String> all = new ArrayList<>();
    // In a session of its own, it outlives an interrupt at this terminal.
    Optional<Path> setsid = WINDOWS ? Optional.empty() : find("setsid");
    setsid.ifPresent(path -> all.add(path.toString()));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    ProcessEnvironment.restore(builder.environment());
    builder.environment().keySet().removeIf(SecretNames::contains);
    builder.redirectInput(NOTHING);
    builder.redirectOutput(NOTHING);
    builder.redirectError(NOTHING);
    Process process = start(builder);
    return () -> process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    Thread hook = new Thread(action, "interrupted");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is being ended: what is to be done is being done.
      }
    };
  }

  @Override
  public Registration deferInterrupts(Runnable first, Runnable second) {
    CountDownLatch closed = new CountDownLatch(1);
    Runnable end =
        () -> {
          second.run();
          Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
        };
    Registration hook =
        onInterrupt(() -> {
          ForegroundProcess.on("INT", end);
          ForegroundProcess.on("TERM", end);
          first.run();
          try {
            closed.await(MOST_DEFERRED_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return () -> {
      closed.countDown();
      hook.close();
    };
  }

  /** It may have ended without reading anything, which is for its exit code to say. */
  private static void give(Process process, Secret input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // As said above.
    }
  }

  private static void prepare(
      ProcessBuilder builder, @Nullable Path directory, List<Variable> variables) {
    ProcessEnvironment.restore(builder.environment());
    if (directory != null) {
      builder.directory(directory.toFile());
      if (!WINDOWS) {
        builder.environment().put("PWD", directory.toString());
      }
    }
    for (Variable variable : variables) {
      Secret value = variable.value();
      if (value == null) {
        builder.environment().remove(variable.name());
      } else {
        builder.environment().put(variable.name(), value.reveal());
      }
    }
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

  /**
   * Ends a process that hasn't ended, and all that it has started: who started something first, as
   * a shell whose child has ended goes on to the next one.
   */
  private static void stop(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> asked = process.descendants().toList();
    process.destroy();
    asked.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    Deque<ProcessHandle> left = new ArrayDeque<>(asked);
    left.addFirst(process.toHandle());
    while (!left.isEmpty()) {
      ProcessHandle next = left.removeFirst();
      // Asked before it is killed: afterwards its children can't be found.
      next.children().forEach(left::addLast);
      next.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
