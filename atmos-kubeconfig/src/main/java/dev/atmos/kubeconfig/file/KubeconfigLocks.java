package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The locks of files, and of links to them, until they are closed. */
final class KubeconfigLocks implements AutoCloseable {
  private final KubeconfigLock.Ports ports;
  private final FileOperations operations;
  private final List<KubeconfigLock> locks = new ArrayList<>();
  private final Map<Path, AtomicReplace> files = new HashMap<>();

  KubeconfigLocks(KubeconfigLock.Ports ports) {
    this.ports = ports;
    this.operations = ports.operations();
  }

  /** Locks a file, and repairs it if a process was killed while it was writing it. */
  void take(Path path) {
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
      KubeconfigLock lock = KubeconfigLock.take(ports, own);
      locks.add(lock);
      AtomicReplace file = new AtomicReplace(operations, lock, real);
      file.repair();
      files.put(path, file);
    } catch (IOException e) {
      throw FileOperations.failure("can't lock " + path, e);
    }
  }

  /** Locks a link. If no lock can be made there, kubectl can't write through the link either. */
  private void takeIfAllowed(Path lock) throws IOException {
    try {
      locks.add(KubeconfigLock.take(ports, lock));
    } catch (AccessDeniedException _) {
      // Nor can kubectl.
    } catch (FileSystemException e) {
      if (!"Read-only file system".equals(e.getReason())) {
        throw e;
      }
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
