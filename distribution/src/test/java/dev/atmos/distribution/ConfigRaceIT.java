package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Another user, in whose directory the program is started, exchanges files there for links as fast
 * as the system can, while the program looks what they are and reads them.
 */
class ConfigRaceIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int RUNS = 300;
  private static final int AT_ONCE = 4;
  private static final int STRANGER = 4242;
  private static final Product product = Product.selfContained();

  /** Exchanges two paths until its parent has gone, or it is stopped. */
  private static final String EXCHANGE =
      """
      import ctypes, os, sys, time
      libc = ctypes.CDLL(None, use_errno=True)
      one, other = [os.fsencode(path) for path in sys.argv[1:3]]
      end = time.monotonic() + 600
      while time.monotonic() < end:
          for _ in range(1000):
              if libc.renameat2(-100, one, -100, other, 2) != 0:
                  sys.exit(os.strerror(ctypes.get_errno()))
      """;

  private static String identity(String name, String keyId) {
    return "auth:\n  identities:\n    "
        + name
        + ":\n      kind: aws/user\n      credentials:\n        access_key_id: "
        + keyId
        + "\n        secret_access_key: "
        + Credentials.SECRET
        + "\n";
  }

  /** A directory of another user. */
  private static Path strangers() throws IOException, InterruptedException {
    if (!Tools.isRoot()) {
      throw Tools.absent("only root can make files of another user");
    }
    Tools.program("setpriv");
    Path directory = scratch.directory();
    Files.setAttribute(directory, "unix:uid", STRANGER);
    return directory;
  }

  private static Path write(Path file, String text) throws IOException {
    Files.setAttribute(Launch.write(file, text), "unix:uid", STRANGER);
    return file;
  }

  /** The outcomes of many runs, during which two paths are exchanged all the time. */
  private static List<Outcome> race(Launch launch, Path one, Path other) throws Exception {
    launch.asMortal();
    Process exchange =
        new ProcessBuilder(
                Tools.python().toString(), "-c", EXCHANGE, one.toString(), other.toString())
            .inheritIO()
            .start();
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        running.add(threads.submit(launch::run));
      }
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
      assertThat(exchange.isAlive()).as("the other user is still at it").isTrue();
    } finally {
      exchange.destroyForcibly().waitFor();
    }
    return outcomes;
  }

  @Test
  void command_ofAFileExchangedForALinkToTheUsersOwn_neverRuns() throws Exception {
    Path project = strangers();
    Path ran = scratch.openDirectory().resolve("ran");
    Path file = write(project.resolve("atmos.yaml"), identity("me", "!exec touch " + ran));
    Launch launch = product.token(scratch.directory(), "--identity", "me").from(project);
    Path own =
        Launch.write(
            launch.home().resolve(".config/atmos/atmos.yaml"), identity("me", Credentials.KEY_ID));
    Path link = Files.createSymbolicLink(project.resolve("link"), own);
    List<Outcome> outcomes = race(launch, file, link);
    assertThat(ran).doesNotExist();
    assertThat(outcomes).extracting(Outcome::exit).isSubsetOf(0, 2);
    assertThat(outcomes).extracting(Outcome::exit).as("both were seen").contains(0, 2);
  }

  @Test
  void import_exchangedForALinkOutOfTheProject_isNeverMerged() throws Exception {
    Path project = strangers();
    Path outside =
        Launch.write(scratch.directory().resolve("x.yaml"), identity("leak", Credentials.KEY_ID));
    write(project.resolve("atmos.yaml"), "import: [d/x]\n");
    Path inside = write(project.resolve("d/x.yaml"), identity("me", Credentials.KEY_ID));
    Launch launch = product.token(scratch.directory(), "--identity", "leak").from(project);
    assertThat(launch.asMortal().run().exit()).isEqualTo(2);
    Path link = Files.createSymbolicLink(project.resolve("link"), outside);
    List<Outcome> outcomes =
        race(product.token(scratch.directory(), "--identity", "leak").from(project), inside, link);
    assertThat(outcomes).extracting(Outcome::exit).containsOnly(2);
    Path directory = Files.createSymbolicLink(project.resolve("dlink"), outside.getParent());
    outcomes =
        race(
            product.token(scratch.directory(), "--identity", "leak").from(project),
            project.resolve("d"),
            directory);
    assertThat(outcomes).extracting(Outcome::exit).containsOnly(2);
  }
}
