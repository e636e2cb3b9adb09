package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.RequestGate;
import dev.atmos.loopback.aws.protocol.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those cost that wait while one process renews what all of them want. */
@EnabledOnOs(OS.LINUX)
class WaitingRenewalIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int WAITERS = 5;
  private static final int SPANS = 4;
  private static final long SECONDS = 2;

  /** In a second, by all threads of a process together. */
  private static final long MOST_WAKE_UPS = 5;

  /** More than those have that needn't wait. */
  private static final long MOST_KIB = 1024;

  /** Runs a program and writes down the most memory, in KiB, that it had at any time. */
  private static final String PEAK =
      """
      import os, sys
      pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
      _, status, usage = os.wait4(pid, 0)
      open(sys.argv[1], "w").write(str(usage.ru_maxrss))
      sys.exit(os.waitstatus_to_exitcode(status))
      """;

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    scene.signIn("dev");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Path peak(String name) {
    return scene.place.resolve("peak-" + name);
  }

  private Launch.Running measured(String name) throws Exception {
    return scene
        .token("other")
        .through(Tools.python().toString(), "-c", PEAK, peak(name).toString())
        .start();
  }

  private long median(String name) throws IOException {
    List<Long> peaks = new ArrayList<>();
    for (int i = 0; i < WAITERS; i++) {
      peaks.add(Long.parseLong(Files.readString(peak(name + i))));
    }
    return peaks.stream().sorted().toList().get(WAITERS / 2);
  }

  /** How often each thread of a program that is measured has begun to wait. */
  private static Map<Path, Long> waits(Launch.Running running) throws IOException {
    Optional<ProcessHandle> atmos = running.process().children().findFirst();
    Map<Path, Long> waits = new HashMap<>();
    if (atmos.isPresent()) {
      try (Stream<Path> threads = Files.list(Path.of("/proc/" + atmos.get().pid() + "/task"))) {
        for (Path thread : threads.toList()) {
          waits.put(thread, waits(thread));
        }
      }
    }
    return waits;
  }

  private static long waits(Path thread) throws IOException {
    try {
      for (String line : Files.readAllLines(thread.resolve("status"))) {
        if (line.startsWith("voluntary_ctxt_switches:")) {
          return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
        }
      }
    } catch (NoSuchFileException e) {
      // It has ended, as threads of the compiler do.
    }
    return 0;
  }

  /**
   * The least of some spans of time, of each waiter in the same ones: in the first ones, some may
   * still be about to wait.
   */
  private static List<Long> wakeUps(List<Launch.Running> waiters) throws Exception {
    List<Long> least = new ArrayList<>(Collections.nCopies(WAITERS, Long.MAX_VALUE));
    for (int span = 0; span < SPANS && Collections.max(least) > MOST_WAKE_UPS * SECONDS; span++) {
      List<Map<Path, Long>> before = new ArrayList<>();
      for (Launch.Running waiter : waiters) {
        before.add(waits(waiter));
      }
      Thread.sleep(Duration.ofSeconds(SECONDS));
      for (int i = 0; i < WAITERS; i++) {
        long woken = 0;
        for (Map.Entry<Path, Long> thread : waits(waiters.get(i)).entrySet()) {
          long known = before.get(i).getOrDefault(thread.getKey(), 0L);
          woken += Math.max(0, thread.getValue() - known);
        }
        least.set(i, Math.min(least.get(i), woken));
      }
    }
    return least;
  }

  @Test
  void waiter_needsLittleMoreMemoryThanALiveToken_andSeldomWakesUp() throws Exception {
    List<Launch.Running> waiters = new ArrayList<>();
    try (RequestGate gate = scene.aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
      Launch.Running holder = scene.token("other").start();
      gate.awaitArrivals(1);
      for (int i = 0; i < WAITERS; i++) {
        waiters.add(measured("waiter" + i));
      }
      // A busy machine adds to what each of them needs.
      assertThat(Collections.min(wakeUps(waiters)))
          .as("wake-ups")
          .isBetween(1L, MOST_WAKE_UPS * SECONDS);
      gate.open();
      holder.finish().succeeded().quiet();
    }
    for (Launch.Running waiter : waiters) {
      waiter.finish().succeeded().quiet();
    }
    for (int i = 0; i < WAITERS; i++) {
      measured("live" + i).finish().succeeded().quiet();
    }
    assertThat(median("waiter") - median("live")).as("KiB more").isLessThanOrEqualTo(MOST_KIB);
  }
}
