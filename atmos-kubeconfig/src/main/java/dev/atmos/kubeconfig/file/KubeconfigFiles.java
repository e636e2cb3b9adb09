package dev.atmos.kubeconfig.file;

import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlDocument;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans changes by what kubeconfig files hold, and applies the plans under their locks. */
public final class KubeconfigFiles {
  private static final int LARGEST = 64 << 20;
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_READS = 50;
  private static final int MILLIS_BETWEEN_READS = 20;

  private final FileOperations operations;
  private final KubeconfigLock.Ports ports;

  /** The files of the user's file system. */
  public KubeconfigFiles(Services services) {
    this(
        new KubeconfigLock.Ports(
            new FileOperations(),
            services.userFiles(),
            services.processes(),
            services.sleeper(),
            services.clock()));
  }

  KubeconfigFiles(KubeconfigLock.Ports ports) {
    this.operations = ports.operations();
    this.ports = ports;
  }

  /**
   * A file as it was read.
   *
   * @param content null if the file doesn't exist
   */
  private record Snapshot(Path path, @Nullable ByteBuffer content, @Nullable String warning) {

    /** The content; empty if the file doesn't exist. */
    byte[] bytes() {
      byte[] bytes = new byte[content == null ? 0 : content.capacity()];
      if (content != null) {
        var _ = content.get(0, bytes);
      }
      return bytes;
    }
  }

  /** A plan, and the files that it was made for. */
  private record Planned(List<Snapshot> snapshots, KubeconfigPlan plan) {

    /** The files that change. */
    Set<Path> paths() {
      Set<Path> paths = new TreeSet<>();
      plan.files().forEach(file -> paths.add(file.path()));
      return paths;
    }
  }

  /** The plan of a change. */
  public KubeconfigPlan plan(Planner planner, List<Path> paths) {
    return settle(planner, paths).plan();
  }

  /** Makes a change; returns the plan that was applied. */
  public KubeconfigPlan apply(Planner planner, List<Path> paths) {
    cleanUp(paths);
    Planned planned = settle(planner, paths);
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !planned.plan().isEmpty(); attempt++) {
      Set<Path> locked = planned.paths();
      try (KubeconfigLocks locks = new KubeconfigLocks(ports)) {
        locked.forEach(locks::take);
        if (!planned.snapshots().equals(read(paths))) {
          planned = settle(planner, paths);
        }
        if (locked.containsAll(planned.paths())) {
          write(planner.mode(), planned, locks);
          return planned.plan();
        }
      }
    }
    if (planned.plan().isEmpty()) {
      return planned.plan();
    }
    throw new AtmosException(
        ExitCode.UNAVAILABLE, "the kubeconfigs keep changing, so none was written");
  }

  /**
   * Plans by what the files hold. Other programs truncate a file before they rewrite it. Therefore
   * a file that is broken is read again until it no longer changes, and so is a locked one that has
   * nothing to remove.
   */
  private Planned settle(Planner planner, List<Path> paths) {
    List<Snapshot> before = List.of();
    for (int reads = 1; ; reads++) {
      List<Snapshot> now = read(paths);
      boolean settled = reads == MOST_READS || (before.equals(now) && !isLocked(paths));
      try {
        KubeconfigPlan plan = planner.plan(sources(now));
        if (settled || !plan.isEmpty() || !planner.removes() || !isLocked(paths)) {
          return new Planned(now, plan);
        }
      } catch (BrokenFileException e) {
        if (settled) {
          throw e.toUser();
        }
      }
      ports.sleeper().pause(Duration.ofMillis(MILLIS_BETWEEN_READS));
      before = now;
    }
  }

  private boolean isLocked(List<Path> paths) {
    for (Path path : paths) {
      try {
        if (operations.changed(KubeconfigLock.of(path)) != null
            || operations.changed(KubeconfigLock.of(operations.real(path))) != null) {
          return true;
        }
      } catch (IOException e) {
        throw FileOperations.failure("can't read " + path, e);
      }
    }
    return false;
  }

  private List<Snapshot> read(List<Path> paths) {
    List<Snapshot> snapshots = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      try {
        Path real = operations.real(path);
        if (seen.add(real)) {
          byte[] content = operations.read(real, LARGEST);
          snapshots.add(
              content == null
                  ? new Snapshot(path, null, null)
                  : new Snapshot(path, ByteBuffer.wrap(content), warning(path, real)));
        }
      } catch (IOException e) {
        throw FileOperations.failure("can't read " + path, e);
      }
    }
    return snapshots;
  }

  private @Nullable String warning(Path path, Path real) throws IOException {
    FileOperations.Attributes attributes = operations.attributes(real);
    if (attributes == null || attributes.mode() < 0 || (attributes.mode() & 0066) == 0) {
      return null;
    }
    boolean writable = (attributes.mode() & 0022) != 0;
    return "others can "
        + (writable ? "change " : "read ")
        + path
        + " (mode 0"
        + Integer.toOctalString(attributes.mode())
        + "); chmod 600 keeps them out";
  }

  private static List<Planner.Source> sources(List<Snapshot> snapshots) throws BrokenFileException {
    List<Planner.Source> sources = new ArrayList<>();
    for (Snapshot each : snapshots) {
      String text =
          each.content() == null ? null : YamlDocument.decode(each.path().toString(), each.bytes());
      sources.add(new Planner.Source(each.path(), text, each.warning()));
    }
    return sources;
  }

  /** Removes the locks of dead processes of ours, and repairs the files that they were writing. */
  private void cleanUp(List<Path> paths) {
    for (Path path : paths) {
      try {
        Path real = operations.real(path);
        if (!real.equals(path)) {
          var _ = KubeconfigLock.sweep(ports, KubeconfigLock.of(path));
        }
        if (KubeconfigLock.sweep(ports, KubeconfigLock.of(real))) {
          try (KubeconfigLocks locks = new KubeconfigLocks(ports)) {
            locks.take(path);
          }
        }
      } catch (IOException e) {
        throw FileOperations.failure("can't read " + path, e);
      }
    }
  }

  private static void write(FileMode mode, Planned planned, KubeconfigLocks locks) {
    List<Path> written = new ArrayList<>();
    for (FileChange file : planned.plan().files()) {
      Path path = file.path();
      byte[] old =
          planned.snapshots().stream()
              .filter(each -> each.path().equals(path))
              .findFirst()
              .orElseThrow()
              .bytes();
      try {
        byte[] content = file.preview().reveal().getBytes(StandardCharsets.UTF_8);
        locks.file(path).write(old, content, mode.bits());
        written.add(path);
      } catch (IOException e) {
        String others = written.isEmpty() ? "" : "; " + written + " has been changed already";
        throw FileOperations.failure("can't write " + path + others, e);
      }
    }
  }
}
