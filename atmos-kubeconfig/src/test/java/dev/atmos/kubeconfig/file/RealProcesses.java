package dev.atmos.kubeconfig.file;

import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.testing.FakeUserFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The processes and the time of the machine that the tests run on. */
final class RealProcesses implements ProcessControl, Sleeper {

  /** The files of this machine. */
  static KubeconfigFiles files() {
    RealProcesses machine = new RealProcesses();
    return new KubeconfigFiles(
        new KubeconfigLock.Ports(
            new FileOperations(), new FakeUserFiles(), machine, machine, Clock.systemUTC()));
  }

  private static ProcessIdentity identity(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(), process.info().startInstant().orElse(Instant.EPOCH), "here");
  }

  @Override
  public ProcessIdentity self() {
    return identity(ProcessHandle.current());
  }

  @Override
  public boolean isRunning(ProcessIdentity process) {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
    return handle.isPresent() && handle.get().isAlive() && identity(handle.get()).equals(process);
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void pause(Duration length) {
    LockSupport.parkNanos(length.toNanos());
  }

  @Override
  public Optional<Path> find(String program) {
    return Optional.empty();
  }

  @Override
  public List<String> shell(String commandLine) {
    return List.of();
  }

  @Override
  public Outcome run(Program program) throws IOException {
    throw new IOException("can't be started");
  }

  @Override
  public int attach(List<String> words, @Nullable Path directory, List<Variable> variables)
      throws IOException {
    throw new IOException("can't be started");
  }

  @Override
  public int follow(
      List<String> words,
      Path directory,
      List<Variable> variables,
      Duration patience,
      LineOutput output)
      throws IOException {
    throw new IOException("can't be started");
  }

  @Override
  public LaunchedProgram launch(List<String> words) throws IOException {
    throw new IOException("can't be started");
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    return () -> {};
  }

  @Override
  public Registration deferInterrupts(Runnable first, Runnable second) {
    return () -> {};
  }
}
