package dev.atmos.kubeconfig.file;

import dev.atmos.kubeconfig.plan.ContextReader;
import dev.atmos.kubeconfig.plan.Planner;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlDocument;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.Sleeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans changes by what kubeconfig files hold, and applies the plans under their locks. */
public final class KubeconfigFiles {
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration RECENT = Duration.ofSeconds(2);

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
            services.localClock()));
  }

  KubeconfigFiles(KubeconfigLock.Ports ports) {
    this.operations = ports.operations();
    this.ports = ports;
  }

  /**
   * A file as it was read.
   *
   * @param content null if the file doesn't exist
   * @param changed when it was last changed; null if it doesn't exist
   */
  private record Snapshot(
      Path path,
      @Nullable ByteBuffer content,
      @Nullable Instant changed,
      @Nullable String warning) {

    /** The content; empty if the file doesn't exist. */
    byte[] bytes() {
      byte[] bytes = new byte[content == null ? 0 : content.capacity()];
      if (content != null) {
        var _ = content.get(0, bytes);
      }
      return bytes;
    }

    /** The same file with another content. */
    Snapshot with(byte[] other) {
      return new Snapshot(path, ByteBuffer.wrap(other), changed, warning);
    }

    /** Whether another program has changed it at most so long ago. */
    boolean isYoungerThan(Duration age, Instant now) {
      return changed != null && !FileOperations.isMarked(changed) && changed.plus(age).isAfter(now);
    }

    /** Whether another program may be about to write it. */
    boolean isRestless(Instant now) {
      return (content != null && content.capacity() == 0)
          || isYoungerThan(AtomicReplace.STILL, now);
    }
  }

  /**
   * A plan, and the files that it was made for.
   *
   * @param contents what the files that change are to hold, in the order of writing
   */
  private record Planned(
      List<Snapshot> snapshots, KubeconfigPlan plan, Map<Path, byte[]> contents) {}

  private static Snapshot snapshot(List<Snapshot> snapshots, Path path) {
    return snapshots.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  /**
   * Checks that one of some files can be written.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if none can
   */
  public void requireWritable(List<Path> paths) {
    Path first = paths.getFirst();
    IOException failure = new AccessDeniedException(first.toString());
    for (Path path : paths) {
      try {
        ports.userFiles().requireWritable(path);
        if (operations.isWritable(operations.real(path))) {
          return;
        }
      } catch (IOException e) {
        failure = path.equals(first) ? e : failure;
      }
    }
    throw new AtmosException(
        ExitCode.FAILED,
        "can't write " + first + ": " + FileReason.of(failure),
        "choose another file: --kubeconfig FILE",
        failure);
  }

  /** The contexts of some files. */
  public List<KubeContext> contexts(List<Path> paths) {
    try {
      return ContextReader.read(sources(read(paths)));
    } catch (BrokenFileException e) {
      throw e.toUser();
    }
  }

  /** The plan of a change. */
  public KubeconfigPlan plan(Planner planner, List<Path> paths) {
    return settle(planner, paths, ports.sleeper()).plan();
  }

  /** Makes a change; returns the plan that was applied. */
  public KubeconfigPlan apply(Planner planner, List<Path> paths) {
    cleanUp(paths);
    Planned planned = settle(planner, paths, ports.sleeper());
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !planned.plan().isEmpty(); attempt++) {
      Set<Path> locked = new TreeSet<>(planned.contents().keySet());
      try (KubeconfigLocks locks = new KubeconfigLocks(ports)) {
        locked.forEach(locks::take);
        if (!planned.snapshots().equals(read(paths))) {
          planned = settle(planner, paths, locks);
        }
        if (locked.containsAll(planned.contents().keySet())) {
          return write(planner, planned, locks);
        }
      } catch (AtomicReplace.ChangedMeanwhileException _) {
        // The next attempt reads it.
      }
    }
    if (planned.plan().isEmpty()) {
      return planned.plan();
    }
    throw new AtmosException(
        ExitCode.UNAVAILABLE, "the kubeconfigs keep changing, so none was written");
  }

  /**
   * Plans by what the files hold once they stand still: programs such as the AWS CLI take no lock,
   * and truncate a file before they rewrite it.
   */
  private Planned settle(Planner planner, List<Path> paths, Sleeper sleeper) {
    Duration begun = sleeper.uptime();
    Duration since = begun;
    List<Snapshot> now = read(paths);
    while (sleeper.uptime().minus(since).compareTo(AtomicReplace.STILL) < 0) {
      Instant instant = ports.clock().instant();
      Optional<Snapshot> restless =
          now.stream().filter(each -> each.isRestless(instant)).findFirst();
      if (restless.isEmpty()) {
        break;
      }
      if (sleeper.uptime().minus(begun).compareTo(AtomicReplace.PATIENCE) >= 0) {
        throw new AtmosException(
            ExitCode.UNAVAILABLE,
            "another program keeps changing " + restless.get().path() + ", so it wasn't written",
            "try again when that program is done");
      }
      sleeper.pause(AtomicReplace.BETWEEN_READS);
      List<Snapshot> next = read(paths);
      if (!next.equals(now)) {
        now = next;
        since = sleeper.uptime();
      }
    }
    try {
      return planned(planner, now, Map.of());
    } catch (BrokenFileException e) {
      throw e.toUser();
    }
  }

  /**
   * A plan.
   *
   * @param others what some of the files are to be taken to hold, and to hold if nothing changes
   */
  private Planned planned(Planner planner, List<Snapshot> now, Map<Path, byte[]> others)
      throws BrokenFileException {
    List<Snapshot> bases = new ArrayList<>();
    for (Snapshot each : now) {
      byte[] other = others.get(each.path());
      bases.add(other == null ? each : each.with(other));
    }
    KubeconfigPlan plan = planner.plan(sources(bases));
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (FileChange file : plan.files()) {
      byte[] base = snapshot(bases, file.path()).bytes();
      byte[] content = file.preview().reveal().getBytes(YamlDocument.charset(base));
      if (content.length > operations.largest()) {
        throw new AtmosException(
            ExitCode.FAILED,
            file.path()
                + " would become larger than "
                + (operations.largest() >> 20)
                + " MiB, which is the limit, so it isn't written",
            "write into another file: --kubeconfig FILE");
      }
      contents.put(file.path(), content);
    }
    others.forEach(contents::putIfAbsent);
    return new Planned(now, plan, contents);
  }

  private List<Snapshot> read(List<Path> paths) {
    List<Snapshot> snapshots = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      try {
        Path real = operations.real(path);
        if (seen.add(real)) {
          // In this order: what changes in between is seen the next time.
          Instant changed = operations.changed(real);
          byte[] content = operations.read(real, operations.largest());
          snapshots.add(
              content == null
                  ? new Snapshot(path, null, null, null)
                  : new Snapshot(path, ByteBuffer.wrap(content), changed, warning(path, real)));
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

  /** Writes, and merges into what programs that had a file open write into it afterwards. */
  private KubeconfigPlan write(Planner planner, Planned first, KubeconfigLocks locks)
      throws AtomicReplace.ChangedMeanwhileException {
    Instant locked = ports.clock().instant();
    KubeconfigPlan plan = first.plan();
    Planned planned = first;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      planned.contents().keySet().forEach(locks::take);
      Map<Path, byte[]> later = writeAll(planner.mode(), planned, locks, locked);
      if (later.isEmpty()) {
        break;
      }
      planned = mergeAgain(planner, planned, later);
      plan = planned.plan().isEmpty() ? plan : planned.plan();
    }
    return plan;
  }

  private Planned mergeAgain(Planner planner, Planned planned, Map<Path, byte[]> later)
      throws AtomicReplace.ChangedMeanwhileException {
    List<Snapshot> now = read(planned.snapshots().stream().map(Snapshot::path).toList());
    Map<Path, byte[]> ours = new HashMap<>(planned.contents());
    ours.keySet().retainAll(later.keySet());
    for (Snapshot each : now) {
      byte[] content = ours.get(each.path());
      if (content != null
          && !Arrays.equals(each.bytes(), content)
          && !Arrays.equals(each.bytes(), later.get(each.path()))) {
        throw new AtomicReplace.ChangedMeanwhileException();
      }
    }
    // What is empty was to be written, and never was.
    later.values().removeIf(theirs -> theirs.length == 0);
    ours.forEach(later::putIfAbsent);
    try {
      return planned(planner, now, later);
    } catch (BrokenFileException _) {
      return new Planned(now, planned.plan(), ours);
    }
  }

  /** Writes the files that change; returns what has come into their old selves since. */
  private static Map<Path, byte[]> writeAll(
      FileMode mode, Planned planned, KubeconfigLocks locks, Instant locked)
      throws AtomicReplace.ChangedMeanwhileException {
    Map<Path, byte[]> later = new HashMap<>();
    List<Path> written = new ArrayList<>();
    for (Map.Entry<Path, byte[]> each : planned.contents().entrySet()) {
      Path path = each.getKey();
      Snapshot snapshot = snapshot(planned.snapshots(), path);
      if (Arrays.equals(snapshot.bytes(), each.getValue())) {
        continue;
      }
      try {
        byte[] theirs =
            locks
                .file(path)
                .write(
                    snapshot.bytes(),
                    each.getValue(),
                    mode.bits(),
                    snapshot.isYoungerThan(RECENT, locked));
        if (theirs != null) {
          later.put(path, theirs);
        }
        written.add(path);
      } catch (AtomicReplace.ChangedMeanwhileException e) {
        throw e;
      } catch (IOException e) {
        String others = written.isEmpty() ? "" : "; " + written + " has been changed already";
        throw FileOperations.failure("can't write " + path + others, e);
      }
    }
    return later;
  }
}
