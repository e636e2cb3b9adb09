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
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
            new NioFileOperations(), services.processes(), services.sleeper(), services.clock()));
  }

  KubeconfigFiles(KubeconfigLock.Ports ports) {
    this.operations = ports.operations();
    this.ports = ports;
  }

  /** A file as it was read. */
  private static final class Snapshot {
    private final Path path;

    /** Null if the file doesn't exist. */
    private final byte @Nullable [] content;

    private final @Nullable String warning;

    Snapshot(Path path, byte @Nullable [] content, @Nullable String warning) {
      this.path = path;
      this.content = content;
      this.warning = warning;
    }

    boolean isSameAs(Snapshot other) {
      return path.equals(other.path) && Arrays.equals(content, other.content);
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
    List<Snapshot> before = planned.snapshots();
    KubeconfigPlan plan = planned.plan();
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !plan.isEmpty(); attempt++) {
      Set<Path> locked = new TreeSet<>();
      for (FileChange file : plan.files()) {
        locked.add(file.path());
      }
      List<Held> locks = new ArrayList<>();
      try {
        for (Path path : locked) {
          locks.addAll(lock(path));
        }
        List<Snapshot> now = read(paths);
        if (!isSame(before, now)) {
          planned = settle(planner, paths);
          now = planned.snapshots();
          plan = planned.plan();
        }
        before = now;
        if (isWithin(plan, locked)) {
          write(planner.mode(), plan, before, locks);
          return plan;
        }
      } finally {
        for (Held each : locks) {
          each.lock().release();
        }
      }
    }
    if (plan.isEmpty()) {
      return plan;
    }
    throw new AtmosException(
        ExitCode.UNAVAILABLE, "the kubeconfigs keep changing while they are to be changed");
  }

  private static boolean isSame(List<Snapshot> before, List<Snapshot> now) {
    boolean same = before.size() == now.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = before.get(i).isSameAs(now.get(i));
    }
    return same;
  }

  private static boolean isWithin(KubeconfigPlan plan, Set<Path> locked) {
    for (FileChange file : plan.files()) {
      if (!locked.contains(file.path())) {
        return false;
      }
    }
    return true;
  }

  // Reading

  /** A plan, and the files that it was made for. */
  private record Planned(List<Snapshot> snapshots, KubeconfigPlan plan) {}

  /**
   * Plans by what the files hold. Other programs truncate a file before they rewrite it. Therefore
   * a file that is broken is read again until it no longer changes, and so is a locked one that has
   * nothing to remove.
   */
  private Planned settle(Planner planner, List<Path> paths) {
    List<Snapshot> before = List.of();
    for (int reads = 1; ; reads++) {
      List<Snapshot> now = read(paths);
      boolean settled = reads == MOST_READS || (isSame(before, now) && !isLocked(paths));
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
        throw failure("can't read " + path, e);
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
          snapshots.add(new Snapshot(path, content, warning(path, real, content)));
        }
      } catch (IOException e) {
        throw failure("can't read " + path, e);
      }
    }
    return snapshots;
  }

  private @Nullable String warning(Path path, Path real, byte @Nullable [] content)
      throws IOException {
    FileOperations.Attributes attributes = content == null ? null : operations.attributes(real);
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
      byte[] content = each.content;
      String text = content == null ? null : YamlDocument.decode(each.path.toString(), content);
      sources.add(new Planner.Source(each.path, text, each.warning));
    }
    return sources;
  }

  // Locking

  /** A held lock of a file, or of a link to it. */
  private record Held(Path path, Path real, KubeconfigLock lock) {}

  private List<Held> lock(Path path) {
    List<Held> held = new ArrayList<>();
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
        KubeconfigLock ofLink = takeIfAllowed(given);
        if (ofLink != null) {
          held.add(new Held(path, given, ofLink));
        }
      }
      KubeconfigLock lock = KubeconfigLock.take(ports, own);
      held.add(new Held(path, real, lock));
      new AtomicReplace(operations, lock, real).repair();
      return held;
    } catch (IOException e) {
      release(held);
      throw failure("can't lock " + path, e);
    } catch (AtmosException e) {
      release(held);
      throw e;
    }
  }

  private static void release(List<Held> held) {
    for (Held each : held) {
      each.lock().release();
    }
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
          release(lock(path));
        }
      } catch (IOException e) {
        throw failure("can't read " + path, e);
      }
    }
  }

  /** Locks a link. If no lock can be made there, kubectl can't write through the link either. */
  private @Nullable KubeconfigLock takeIfAllowed(Path lock) throws IOException {
    try {
      return KubeconfigLock.take(ports, lock);
    } catch (AccessDeniedException e) {
      return null;
    } catch (FileSystemException e) {
      if ("Read-only file system".equals(e.getReason())) {
        return null;
      }
      throw e;
    }
  }

  // Writing

  private void write(FileMode mode, KubeconfigPlan plan, List<Snapshot> before, List<Held> locks) {
    List<Path> written = new ArrayList<>();
    for (FileChange file : plan.files()) {
      Held held = locks.getLast();
      for (Held each : locks) {
        held = each.path().equals(file.path()) ? each : held;
      }
      byte[] old = new byte[0];
      for (Snapshot each : before) {
        byte[] content = each.content;
        old = each.path.equals(file.path()) && content != null ? content : old;
      }
      try {
        byte[] content = file.preview().reveal().getBytes(StandardCharsets.UTF_8);
        new AtomicReplace(operations, held.lock(), held.real()).write(old, content, mode.bits());
        written.add(file.path());
      } catch (IOException e) {
        String others = written.isEmpty() ? "" : "; " + written + " has been changed already";
        throw failure("can't write " + file.path() + others, e);
      }
    }
  }

  private static AtmosException failure(String what, IOException e) {
    return new AtmosException(ExitCode.FAILED, what + ": " + reason(e), null, e);
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it or its lock has been removed";
    }
    if (e instanceof FileSystemException system) {
      String reason = system.getReason();
      return reason == null ? "the file system refuses" : reason;
    }
    String message = e.getMessage();
    return message == null ? "the file system refuses" : message;
  }
}
