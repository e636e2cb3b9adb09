package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The product's processes beside writers that take no lock, and in containers that share a disk.
 */
class KubeconfigFaultsIT {
  @RegisterExtension static final Scratch scratch = new Scratch();
  @RegisterExtension static final FaultTable table = new FaultTable();

  private static final int ROUNDS = FaultTable.isLong() ? 200 : 4;
  private static final int AT_ONCE = 10;
  private static final int CLUSTERS = 300;
  private static final int PATIENCE = 120;

  private final Random random = new Random(1);
  private EksScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = EksScene.start(Product.selfContained(), scratch.directory());
    scene.cluster("ours");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** A kubeconfig that takes other programs their time. */
  private static String large() {
    StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n");
    for (int i = 0; i < CLUSTERS; i++) {
      text.append("- name: c" + i + "\n  cluster:\n    server: https://c" + i + ".example\n");
    }
    return text.append("contexts: []\nusers: []\n").toString();
  }

  private void put(String text, boolean hardLinked) throws IOException {
    Path kubeconfig = scene.kubeconfig();
    Path other = kubeconfig.resolveSibling("other");
    Files.deleteIfExists(kubeconfig);
    Files.deleteIfExists(other);
    Files.writeString(kubeconfig, text);
    if (hardLinked) {
      Files.createLink(other, kubeconfig);
    }
  }

  /** What isn't in the file; null if all is there, and nothing beside the file. */
  private @Nullable String missing(String... parts) throws IOException {
    String text = Files.readString(scene.kubeconfig());
    for (int i = 0; i < CLUSTERS; i++) {
      if (!text.contains("- name: c" + i + "\n") && !text.contains("  name: c" + i + "\n")) {
        return "c" + i + " is lost of " + text.length() + " characters";
      }
    }
    for (String part : parts) {
      if (!text.contains(part)) {
        return part + " is lost";
      }
    }
    return Files.exists(scene.kubeconfig().resolveSibling("kubeconfig.lock"))
        ? "the lock is still there"
        : null;
  }

  /** Empties the file, and writes it a while later with a line more. */
  private void rewrite(String line) throws IOException, InterruptedException {
    byte[] text = (Files.readString(scene.kubeconfig()) + line).getBytes(StandardCharsets.UTF_8);
    try (FileChannel file =
        FileChannel.open(
            scene.kubeconfig(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      Thread.sleep(random.nextInt(150));
      file.write(ByteBuffer.wrap(text, 0, text.length / 2));
      Thread.sleep(random.nextInt(100));
      file.write(ByteBuffer.wrap(text, text.length / 2, text.length - text.length / 2));
    }
  }

  private static <T> T beside(Callable<T> other, Callable<Void> ours) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<T> result = thread.submit(other);
      var _ = ours.call();
      return result.get();
    }
  }

  private Callable<Void> update() {
    return () -> {
      scene.updateNamed("ours").start().finish(PATIENCE).succeeded();
      return null;
    };
  }

  // ---- without locks

  @ParameterizedTest
  @CsvSource({"false, replaced", "true, written in place"})
  void writer_thatEmptiesAndRewritesTheFile_losesNothing(boolean hardLinked, String how) {
    table.check(
        "another program rewrites the kubeconfig; ours is " + how,
        ROUNDS,
        round -> {
          put(large(), hardLinked);
          // Old enough not to be waited for.
          Thread.sleep(round % 2 == 0 ? 2000 : 0);
          String line = "# line " + round + "\n";
          beside(
              () -> {
                Thread.sleep(random.nextInt(900));
                rewrite(line);
                return null;
              },
              update());
          return missing(line, EksScene.arn("ours"));
        });
  }

  @Test
  void writer_thatNeverRests_losesNothing() {
    table.check(
        "another program rewrites the kubeconfig again and again",
        FaultTable.isLong() ? 20 : 1,
        round -> {
          put(large(), false);
          byte[] text = Files.readAllBytes(scene.kubeconfig());
          AtomicBoolean done = new AtomicBoolean();
          return beside(
              () -> {
                while (!done.get()) {
                  try (FileChannel file =
                      FileChannel.open(
                          scene.kubeconfig(),
                          StandardOpenOption.WRITE,
                          StandardOpenOption.TRUNCATE_EXISTING)) {
                    Thread.sleep(150);
                    file.write(ByteBuffer.wrap(text));
                  }
                  Thread.sleep(150);
                }
                return missing();
              },
              () -> {
                try {
                  String line = scene.updateNamed("ours").start().finish(PATIENCE).failed(6);
                  assertThat(line).contains("another program keeps changing");
                } finally {
                  done.set(true);
                }
                return null;
              });
        });
  }

  @Test
  void awsCli_thatUpdatesTheSameFile_losesNothing() throws Exception {
    Tools.aws();
    scene.cluster("theirs");
    table.check(
        "the AWS CLI updates the kubeconfig",
        FaultTable.isLong() ? ROUNDS : 3,
        round -> {
          put(large(), round % 2 == 1);
          beside(
              () -> scene.awsUpdate("theirs").start().finish(PATIENCE).succeeded(),
              () -> {
                Thread.sleep(random.nextInt(1200));
                return update().call();
              });
          // It may have read the file before we wrote it, and write after us what it has read.
          return missing(EksScene.arn("theirs"));
        });
  }

  // ---- in containers

  private static final String[] CONTAINER = {"unshare", "-p", "-f", "--mount-proc"};

  @ParameterizedTest
  @CsvSource({"false, replaced", "true, written in place"})
  void processes_inPidNamespacesOfTheirOwn_allAdd(boolean hardLinked, String how) throws Exception {
    if (!Tools.hasNamespaces(CONTAINER)) {
      return;
    }
    String[] arns = new String[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      scene.cluster("p" + i);
      arns[i] = EksScene.arn("p" + i);
    }
    table.check(
        "ten processes in PID namespaces of their own; the kubeconfig is " + how,
        FaultTable.isLong() ? ROUNDS / AT_ONCE : 1,
        round -> {
          put(large(), hardLinked);
          List<Launch.Running> running = new ArrayList<>();
          for (int i = 0; i < AT_ONCE; i++) {
            running.add(scene.updateNamed("p" + i, "--no-switch").through(CONTAINER).start());
          }
          for (Launch.Running each : running) {
            each.finish(PATIENCE).succeeded();
          }
          return missing(arns);
        });
  }

  @Test
  void lock_ofAContainerThatIsGone_isRemovedByTheCommandThatIsNamed() {
    table.check(
        "a container is gone whose process held the lock",
        FaultTable.isLong() ? 5 : 0,
        round -> {
          put(large(), false);
          Path lock = scene.kubeconfig().resolveSibling("kubeconfig.lock");
          Files.createDirectory(lock);
          Files.createFile(lock.resolve("7-1700000000-5-elsewhere"));

          Outcome outcome = scene.updateNamed("ours").start().finish(PATIENCE);

          assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(6);
          String advice = "rm -r '" + lock + "'";
          assertThat(outcome.stderr()).contains("process 7, of another container", advice);
          assertThat(new ProcessBuilder("sh", "-c", advice).start().waitFor()).isZero();
          update().call();
          return missing(EksScene.arn("ours"));
        });
  }
}
