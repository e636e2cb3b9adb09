package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many of the product's processes on one kubeconfig, and processes that are ended. */
class KubeconfigProcessesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int PROCESSES = 40;
  private static final int KILLS = "true".equals(System.getenv("CI")) ? 60 : 20;

  /** As long as forty of them take on a machine of one processor. */
  private static final int PATIENCE = 600;

  private EksScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = EksScene.start(Product.selfContained(), scratch.directory());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  // ---- many at once

  @Test
  void manyProcesses_thatAddAtOnce_allDoAndNobodySeesLessThanAWholeFile() throws Exception {
    Files.writeString(scene.kubeconfig(), EksScene.FOREIGN);
    List<Launch.Running> running = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<Set<String>> seen = reader.submit(reading(done));
      try {
        for (int i = 0; i < PROCESSES; i++) {
          scene.cluster("c" + i);
          running.add(scene.updateNamed("c" + i, "--no-switch").start());
        }
        for (Launch.Running each : running) {
          assertThat(each.finish(PATIENCE).succeeded().stderr()).contains("EKS kubeconfig: ");
        }
      } finally {
        done.set(true);
      }
      assertThat(seen.get()).hasSizeGreaterThan(2);
      for (String text : seen.get()) {
        assertThatForeignLinesAreIn(text);
        // Each of ours is whole.
        assertThat(text.split("certificate-authority-data: ", -1))
            .hasSameSizeAs(text.split("user: atmos-eks-", -1))
            .hasSameSizeAs(text.split("interactiveMode: Never\n", -1));
        assertThat(text).endsWith("\n");
      }
    }
    assertThat(scene.contexts(EksScene.kubectl())).hasSize(PROCESSES + 1);
    assertThatForeignLinesAreIn(Files.readString(scene.kubeconfig()));
    assertThat(scene.place().toFile().list()).containsExactlyInAnyOrder(scene.beside());
  }

  private static void assertThatForeignLinesAreIn(String text) {
    assertThat(text.lines()).containsSubsequence(EksScene.FOREIGN.lines().toList());
  }

  /** Reads until it is told to stop, and hands out the different texts that it has seen. */
  private Callable<Set<String>> reading(AtomicBoolean done) {
    return () -> {
      Set<String> seen = new TreeSet<>();
      while (!done.get()) {
        seen.add(Files.readString(scene.kubeconfig()));
      }
      return seen;
    };
  }

  @Test
  void manyProcesses_besideKubectl_allDoAndHealWhatItDrops() throws Exception {
    Path kubectl = EksScene.kubectl();
    Files.writeString(scene.kubeconfig(), EksScene.FOREIGN);
    List<Launch.Running> ours = new ArrayList<>();
    List<Launch.Running> theirs = new ArrayList<>();
    for (int i = 0; i < PROCESSES / 2; i++) {
      scene.cluster("c" + i);
      ours.add(scene.updateNamed("c" + i, "--no-switch").start());
      theirs.add(
          scene
              .program(kubectl, "config", "set-cluster", "k" + i, "--server=https://k.example")
              .start());
    }
    for (Launch.Running each : theirs) {
      // Most of them give up on the lock, as kubectl does.
      each.finish(PATIENCE);
    }
    for (Launch.Running each : ours) {
      each.finish(PATIENCE).succeeded();
    }
    List<String> all = new ArrayList<>();
    // What was there before, kubectl may drop: without a lock, it reads what another kubectl has
    // just
    // emptied.
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < PROCESSES / 2; i++) {
      all.add("c" + i);
      wanted.add(EksScene.arn("c" + i));
    }
    scene.updateNamed(all.toArray(String[]::new)).run().succeeded();
    assertThat(scene.contexts(kubectl)).containsAll(wanted);
  }

  // ---- ended in the middle

  private static boolean isLocked(Path kubeconfig) {
    return Files.exists(lock(kubeconfig));
  }

  private static Path lock(Path kubeconfig) {
    return kubeconfig.resolveSibling(kubeconfig.getFileName() + ".lock");
  }

  @Test
  void process_thatIsKilled_leavesAWholeFileAndNothingElseButItsLock() throws Exception {
    scene.cluster("demo");
    Path kubeconfig = Files.writeString(scene.kubeconfig(), EksScene.FOREIGN);
    long begun = System.nanoTime();
    scene.updateNamed("demo").run().succeeded();
    int length = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    String with = Files.readString(kubeconfig);
    Random random = new Random(1);
    for (int i = 0; i < KILLS; i++) {
      Files.writeString(kubeconfig, EksScene.FOREIGN);
      Launch.Running running = scene.updateNamed("demo").start();
      Process process = running.process();
      if (i % 2 == 0) {
        process.waitFor(random.nextInt(length), TimeUnit.MILLISECONDS);
      } else {
        while (!isLocked(kubeconfig) && process.isAlive()) {
          Thread.onSpinWait();
        }
        process.waitFor(random.nextInt(10_000), TimeUnit.MICROSECONDS);
      }
      boolean ended = !process.isAlive();
      process.destroyForcibly();
      Outcome outcome = running.finish(PATIENCE);

      assertThat(ended && outcome.exit() != 0).as(outcome.stderr()).isFalse();
      assertThat(Files.readString(kubeconfig)).isIn(EksScene.FOREIGN, with);
      assertThat(scene.beside("kubeconfig.lock")).contains(scene.place().toFile().list());
    }
    Files.writeString(kubeconfig, EksScene.FOREIGN);
    scene.updateNamed("demo").run().succeeded();
    assertThat(kubeconfig).content().isEqualTo(with);
    assertThat(scene.place().toFile().list()).containsExactlyInAnyOrder(scene.beside());
  }

  /**
   * The lock beside the link is ours then, and the one beside the file kubectl's, which is waited
   * for. By way of Python, because a signal that this process ignores is ignored by its children.
   */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void process_thatIsInterrupted_givesItsLockBackAndLeavesKubectls(String signal, int exit)
      throws Exception {
    scene.cluster("demo");
    Path file =
        Launch.write(scene.place().resolve("dotfiles/config"), EksScene.FOREIGN).toAbsolutePath();
    Files.createSymbolicLink(scene.kubeconfig(), file);
    Files.createFile(lock(file));
    Launch.Running running =
        scene
            .updateNamed("demo")
            .through(
                Tools.python().toString(),
                "-c",
                "import os, signal, sys\n"
                    + "signal.signal(signal.SIG"
                    + signal
                    + ", signal.SIG_DFL)\n"
                    + "os.execv(sys.argv[1], sys.argv[1:])")
            .start();
    while (!isLocked(scene.kubeconfig()) && running.process().isAlive()) {
      Thread.onSpinWait();
    }

    new ProcessBuilder("kill", "-" + signal, Long.toString(running.process().pid()))
        .inheritIO()
        .start()
        .waitFor();
    Outcome outcome = running.finish(Launch.SECONDS);

    assertThat(outcome.exit()).as(outcome.stderr()).isIn(exit, 130);
    assertThat(isLocked(scene.kubeconfig())).isFalse();
    assertThat(isLocked(file)).isTrue();
    assertThat(file).content().isEqualTo(EksScene.FOREIGN);
  }
}
