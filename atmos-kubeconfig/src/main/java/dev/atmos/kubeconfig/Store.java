package dev.atmos.kubeconfig;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
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

/** Plans on what the files hold, and carries plans out. */
final class Store {
  private static final int LARGEST = 64 << 20;
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_READS = 50;
  private static final int MILLIS_BETWEEN_READS = 20;

  private final Disk disk;
  private final Lock.World world;

  Store(Lock.World world) {
    this.disk = world.disk();
    this.world = world;
  }

  /** A file as it was read. */
  private static final class Snapshot {
    private final Path path;

    /** Null where it isn't there. */
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

  KubeconfigPlan plan(KubeconfigChange change, List<Path> paths) {
    return settle(change, paths).plan();
  }

  KubeconfigPlan apply(KubeconfigChange change, List<Path> paths) {
    tidy(paths);
    Planned planned = settle(change, paths);
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
          planned = settle(change, paths);
          now = planned.snapshots();
          plan = planned.plan();
        }
        before = now;
        if (isWithin(plan, locked)) {
          write(change.target().mode(), plan, before, locks);
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

  /** A plan, and what it was made on. */
  private record Planned(List<Snapshot> snapshots, KubeconfigPlan plan) {}

  /**
   * Plans on what the files hold. Other programs empty a file before they write it again: a file
   * that is broken, or from which nothing is to be removed while somebody holds its lock, is read
   * again until it stays as it is.
   */
  private Planned settle(KubeconfigChange change, List<Path> paths) {
    List<Snapshot> before = List.of();
    for (int reads = 1; ; reads++) {
      List<Snapshot> now = read(paths);
      boolean settled = reads == MOST_READS || (isSame(before, now) && !isLocked(paths));
      try {
        KubeconfigPlan plan = planOn(now, change);
        if (settled || !plan.isEmpty() || change.removals().isEmpty() || !isLocked(paths)) {
          return new Planned(now, plan);
        }
      } catch (BrokenFileException e) {
        if (settled) {
          throw e.toUser();
        }
      }
      world.sleeper().pause(Duration.ofMillis(MILLIS_BETWEEN_READS));
      before = now;
    }
  }

  private boolean isLocked(List<Path> paths) {
    for (Path path : paths) {
      try {
        if (disk.changed(Lock.of(path)) != null || disk.changed(Lock.of(disk.real(path))) != null) {
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
        Path real = disk.real(path);
        if (seen.add(real)) {
          byte[] content = disk.read(real, LARGEST);
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
    Disk.Facts facts = content == null ? null : disk.facts(real);
    if (facts == null || facts.mode() < 0 || (facts.mode() & 0066) == 0) {
      return null;
    }
    boolean writable = (facts.mode() & 0022) != 0;
    return "others can "
        + (writable ? "change " : "read ")
        + path
        + " (mode 0"
        + Integer.toOctalString(facts.mode())
        + "); chmod 600 keeps them out";
  }

  private static KubeconfigPlan planOn(List<Snapshot> snapshots, KubeconfigChange change)
      throws BrokenFileException {
    List<Planner.Source> sources = new ArrayList<>();
    for (Snapshot each : snapshots) {
      byte[] content = each.content;
      String text = content == null ? null : Document.decode(each.path.toString(), content);
      sources.add(new Planner.Source(each.path, text, each.warning));
    }
    return Planner.plan(change, sources);
  }

  // Locking

  /** A lock, and whose it is: the file itself, or a link that leads to it. */
  private record Held(Path path, Path real, Lock lock) {}

  private List<Held> lock(Path path) {
    List<Held> held = new ArrayList<>();
    try {
      Path real = disk.real(path);
      Disk.Facts facts = disk.facts(real);
      if (facts != null && !facts.regular()) {
        throw new AtmosException(
            ExitCode.FAILED, path + " isn't a plain file, so it isn't written");
      }
      if (facts != null && facts.mode() >= 0 && (facts.mode() & 0200) == 0) {
        throw new AtmosException(
            ExitCode.FAILED,
            path + " is read-only to its owner, so it isn't written",
            "chmod u+w '" + path + "'");
      }
      Path directory = real.getParent();
      if (facts == null && directory != null) {
        disk.makeDirectories(directory);
        real = disk.real(path);
      }
      Path own = Lock.of(real);
      Path given = Lock.of(path);
      if (!disk.real(given).equals(own)) {
        Lock ofLink = takeIfAllowed(given);
        if (ofLink != null) {
          held.add(new Held(path, given, ofLink));
        }
      }
      Lock lock = Lock.take(world, own);
      held.add(new Held(path, real, lock));
      new Replacement(disk, lock, real).mend();
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

  /** Removes what dead processes of ours have left, and mends what they were writing. */
  private void tidy(List<Path> paths) {
    for (Path path : paths) {
      try {
        Path real = disk.real(path);
        if (!real.equals(path)) {
          var _ = Lock.sweep(world, Lock.of(path));
        }
        if (Lock.sweep(world, Lock.of(real))) {
          release(lock(path));
        }
      } catch (IOException e) {
        throw failure("can't read " + path, e);
      }
    }
  }

  /** The lock beside a link: where nobody can make one, kubectl can't write through the link. */
  private @Nullable Lock takeIfAllowed(Path lock) throws IOException {
    try {
      return Lock.take(world, lock);
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
        new Replacement(disk, held.lock(), held.real()).write(old, content, mode.bits());
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
      return "somebody has removed it, or its lock";
    }
    if (e instanceof FileSystemException system) {
      String reason = system.getReason();
      return reason == null ? "the file system refuses" : reason;
    }
    String message = e.getMessage();
    return message == null ? "the file system refuses" : message;
  }
}
