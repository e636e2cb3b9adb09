package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The locks of files, and of links to them, until they are closed. Who holds them and waits does it
 * by their {@link #pause}, which shows those who wait for the locks that their holder lives.
 */
final class KubeconfigLocks implements AutoCloseable, Sleeper {
  private static final int SECONDS_BETWEEN_TOUCHES = 1;

  private final KubeconfigLock.Ports ports;
  private final FileOperations operations;
  private final List<KubeconfigLock> locks = new ArrayList<>();
  private final Map<Path, AtomicReplace> files = new HashMap<>();
  private Duration touched;

  KubeconfigLocks(KubeconfigLock.Ports ports) {
    this.ports = ports;
    this.operations = ports.operations();
    this.touched = ports.sleeper().uptime();
  }

  /** Locks a file, unless it is, and repairs what a process that was killed has left of it. */
  void take(Path path) {
    if (files.containsKey(path)) {
      return;
    }
    try {
      ports.userFiles().requireWritable(path);
    } catch (IOException e) {
      throw FileOperations.failure("can't write " + path, e);
    }
    try {
      Path real = operations.real(path);
      FileOperations.Attributes attributes = operations.attributes(real);
      if (attributes != null && !attributes.regular()) {
        throw new AtmosException(
            ExitCode.FAILED, path + " isn't a plain file, so it isn't written");
      }
      if (attributes != null && attributes.mode() >= 0 && (attributes.mode() & 0200) == 0) {
        throw new AtmosException(
            ExitCode.FAILED,
            path + " is read-only to its owner, so it isn't written",
            "chmod u+w '" + path + "'");
      }
      Path directory = real.getParent();
      if (attributes == null && directory != null) {
        operations.makeDirectories(directory);
        real = operations.real(path);
      }
      Path own = KubeconfigLock.of(real);
      Path given = KubeconfigLock.of(path);
      if (!operations.real(given).equals(own)) {
        takeIfAllowed(given);
      }
      KubeconfigLock lock = lock(own);
      AtomicReplace file = new AtomicReplace(operations, this, lock, real);
      file.repair();
      files.put(path, file);
    } catch (IOException e) {
      throw FileOperations.failure("can't lock " + path, e);
    }
  }

  /** Locks a link. If no lock can be made there, kubectl can't write through the link either. */
  private void takeIfAllowed(Path lock) throws IOException {
    try {
      var _ = lock(lock);
    } catch (AccessDeniedException _) {
      // Nor can kubectl.
    } catch (FileSystemException e) {
      if (!"Read-only file system".equals(e.getReason())) {
        throw e;
      }
    }
  }

  private KubeconfigLock lock(Path path) throws IOException {
    KubeconfigLock lock =
        KubeconfigLock.take(
            new KubeconfigLock.Ports(
                operations, ports.userFiles(), ports.processes(), this, ports.clock()),
            path);
    locks.add(lock);
    return lock;
  }

  @Override
  public Duration uptime() {
    return ports.sleeper().uptime();
  }

  @Override
  public void pause(Duration length) {
    ports.sleeper().pause(length);
    if (uptime().minus(touched).toSeconds() >= SECONDS_BETWEEN_TOUCHES) {
      touched = uptime();
      locks.forEach(lock -> lock.touch(ports.clock().instant()));
    }
  }

  /** Writes a file whose lock has been taken. */
  AtomicReplace file(Path path) {
    return Objects.requireNonNull(files.get(path));
  }

  @Override
  public void close() {
    locks.forEach(KubeconfigLock::release);
  }
}
