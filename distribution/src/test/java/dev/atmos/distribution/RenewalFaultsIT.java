package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.RequestGate;
import dev.atmos.loopback.aws.protocol.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Renewals that are interrupted, find the disk full, have slow servers or many companions. AWS
 * takes each refresh token once, so what happened to it shows in the next renewal.
 */
class RenewalFaultsIT {
  @RegisterExtension static final Scratch scratch = new Scratch();
  @RegisterExtension static final FaultTable table = new FaultTable();

  private static final int ROUNDS = FaultTable.isLong() ? 20 : 1;
  private static final int[] DELAYS = {0, 5, 20, 50, 100};
  private static final int PATIENCE = 120;

  private SignInScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = SignInScene.in(scratch.directory());
    // Everything is renewed by each command, and nothing that is left of it is used in a pinch.
    scene.center.roleCredentialLifetime(Duration.ofSeconds(30));
    scene.center.accessTokenLifetime(Duration.ofSeconds(30));
    scene.signIn("dev");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Launch command(String name) throws IOException {
    return switch (name) {
      case "token" -> scene.token("dev");
      case "login" -> scene.run("auth", "login", "dev", "--no-browser");
      default -> scene.run("auth", "exec", "--static", "--identity", "dev", "--", "true");
    };
  }

  /** With all signals as usual: nohup and background jobs ignore some. */
  private static Launch withSignals(Launch launch) {
    return launch.through("env", "--default-signal=INT,TERM,HUP");
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Has the next refresh answered, and a signal sent so many milliseconds after that. */
  private Outcome interrupted(String command, String signal, int delay) throws Exception {
    CompletableFuture<Process> process = new CompletableFuture<>();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    scene.aws.failNext(
        Operation.CREATE_TOKEN,
        call -> {
          var answer = call.perform();
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Thread.sleep(delay);
                  signal(signal, process.get());
                  sent.complete(null);
                } catch (Exception e) {
                  sent.completeExceptionally(e);
                }
              });
          return answer;
        });
    Launch.Running running = withSignals(command(command)).start();
    process.complete(running.process());
    Outcome outcome = running.finish(PATIENCE);
    sent.get(PATIENCE, TimeUnit.SECONDS);
    return outcome;
  }

  private @Nullable String lost() throws Exception {
    Outcome next = scene.token("dev").run();
    if (next.exit() == 0) {
      return null;
    }
    scene.signIn("dev");
    return next.stderr();
  }

  @ParameterizedTest
  @CsvSource({
    "token, INT",
    "token, TERM",
    "token, HUP",
    "login, INT",
    "login, TERM",
    "login, HUP",
    "exec, INT",
    "exec, TERM",
    "exec, HUP"
  })
  @EnabledOnOs(OS.LINUX)
  void signal_afterTheAnswer_losesNothing(String command, String signal) {
    for (int delay : DELAYS) {
      table.check(
          "SIG" + signal + " to " + command + ", " + delay + " ms after the refresh",
          ROUNDS,
          round -> {
            Outcome outcome = interrupted(command, signal, delay);
            if (!outcome.stdout().isEmpty() && command.equals("token") && outcome.exit() != 0) {
              Credentials.token(outcome.stdout());
            }
            return lost();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "login", "exec"})
  @EnabledOnOs(OS.LINUX)
  void kill_laterThanTheAnswerTakesToBeKept_losesNothing(String command) {
    for (int delay : DELAYS) {
      String fault = "SIGKILL to " + command + ", " + delay + " ms after the refresh";
      FaultTable.Round round =
          number -> {
            interrupted(command, "KILL", delay);
            return lost();
          };
      // A machine that does other things as well may need longer; so only the long form insists.
      if (FaultTable.isLong() && delay >= 20) {
        table.check(fault, ROUNDS, round);
      } else {
        table.count(fault, ROUNDS, round);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void interrupt_beforeTheAnswer_waitsForIt_andTheSecondDoesNot() throws Exception {
    for (boolean twice : new boolean[] {false, true}) {
      table.check(
          (twice ? "two SIGINT" : "one SIGINT") + " to token before the answer",
          ROUNDS,
          round -> {
            try (RequestGate gate = scene.aws.hold(Operation.CREATE_TOKEN)) {
              Launch.Running running = withSignals(scene.token("dev")).start();
              gate.awaitArrivals(1);
              signal("INT", running.process());
              await(running.stderr(), "Waiting for AWS");
              if (twice) {
                signal("INT", running.process());
                assertThat(running.process().waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
              }
              gate.open();
              Outcome outcome = running.finish(PATIENCE);
              assertThat(outcome.exit()).isEqualTo(130);
              assertThat(outcome.stdout()).isEmpty();
              if (twice) {
                assertThat(outcome.stderr()).contains("the sign-in of 'corp' may be lost");
              }
            }
            String lost = lost();
            return twice ? null : lost;
          });
    }
  }

  private static void await(Path file, String text) throws Exception {
    for (int i = 0; i < 1000 && !Files.readString(file).contains(text); i++) {
      Thread.sleep(10);
    }
    assertThat(file).content().contains(text);
  }

  /** A disk of its own, on which so many KiB are free. */
  private static final String FULL_DISK =
      """
      state=$1 free=$2; shift 2
      cp -a "$state" "$state.kept" && mount -t tmpfs -o size=1m none "$state" || exit 99
      cp -a "$state.kept"/. "$state" && rm -r "$state.kept"
      dd if=/dev/zero of="$state/fill" bs=1k count=2000 2>/dev/null
      truncate -s -"$free"K "$state/fill"
      "$@" >/dev/null; echo "full: $?"
      rm "$state/fill"
      "$@" >/dev/null; echo "free: $?"
      """;

  @Test
  @EnabledOnOs(OS.LINUX)
  void disk_thatIsFull_leavesTheTokenUnspent() throws Exception {
    String[] container = {"unshare", "-r", "-m"};
    if (!Tools.hasNamespaces(container)) {
      return;
    }
    for (int free = 0; free <= 64; free += FaultTable.isLong() ? 4 : 16) {
      String kib = Integer.toString(free);
      table.check(
          "a disk with " + free + " KiB free while everything is renewed",
          FaultTable.isLong() ? 3 : 1,
          round -> {
            Launch token = scene.token("dev");
            List<String> words = new ArrayList<>(List.of(container));
            words.addAll(List.of("sh", "-c", FULL_DISK, "sh"));
            words.addAll(List.of(scene.home.resolve(".local/state").toString(), kib));
            Outcome outcome = token.through(words.toArray(String[]::new)).start().finish(PATIENCE);
            // What was kept there is gone with it.
            scene.signIn("dev");
            return outcome.stdout().endsWith("free: 0\n")
                ? null
                : outcome.stdout() + outcome.stderr();
          });
    }
  }

  @Test
  void server_thatTakesTwelveSecondsForAnAnswer_isWaitedForByAll() {
    table.check(
        "a server that takes 12 s for an answer",
        FaultTable.isLong() ? 5 : 1,
        round -> {
          scene.center.roleCredentialLifetime(Duration.ofHours(1));
          try (RequestGate gate = scene.aws.hold(Operation.GET_ROLE_CREDENTIALS)) {
            Launch.Running holder = scene.token("other").start();
            gate.awaitArrivals(1);
            Launch.Running waiter = scene.token("other").start();
            Thread.sleep(12_000);
            gate.open();
            holder.finish().succeeded().quiet();
            waiter.finish().succeeded().quiet();
          }
          assertThat(scene.run("auth", "logout", "other").run().exit()).isZero();
          scene.signIn("dev");
          return null;
        });
  }

  @Test
  void retryAfter_ofAnHour_endsAtOnce() {
    table.check(
        "Retry-After: 3600",
        ROUNDS,
        round -> {
          scene.aws.failNext(
              Operation.CREATE_TOKEN, Fault.throttled().header("Retry-After", "3600"));
          long start = System.nanoTime();
          Outcome outcome = scene.token("dev").run();
          assertThat(outcome.failed(6)).contains("it says to try again in 1 h");
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isLessThan(Duration.ofSeconds(20));
          return lost();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void herd_withExpiredCredentials_isServedByOneRenewal(boolean busy) throws Exception {
    int processes = FaultTable.isLong() ? 200 : 50;
    List<Process> spinners = new ArrayList<>();
    for (int i = 0; busy && i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      spinners.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
    try {
      scene.center.roleCredentialLifetime(Duration.ofHours(1));
      scene.center.accessTokenLifetime(Duration.ofHours(1));
      int before = scene.aws.count(Operation.CREATE_TOKEN);
      List<Launch.Running> running = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        running.add(scene.token("dev").start());
      }
      table.check(
          "tokens at once with expired credentials" + (busy ? ", on a busy machine" : ""),
          processes,
          round -> {
            Outcome outcome = running.get(round).finish(PATIENCE);
            return outcome.exit() == 0 && outcome.stderr().isEmpty() ? null : outcome.toString();
          });
      assertThat(scene.aws.count(Operation.CREATE_TOKEN)).isEqualTo(before + 1);
    } finally {
      spinners.forEach(Process::destroyForcibly);
    }
  }
}
