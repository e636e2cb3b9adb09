package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of other users, pipes, and files that can't be read, around the working directory. */
class ForeignFilesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final int STRANGER = 4242;
  private static final String IDENTITY =
      "auth: {identities: {me: {kind: aws/user, credentials: {access_key_id: "
          + Credentials.KEY_ID
          + ", secret_access_key: "
          + Credentials.SECRET
          + "}}}}\n";
  private static final Product product = Product.selfContained();

  private final Path above;
  private final Path directory;

  ForeignFilesIT() throws IOException {
    above = scratch.directory();
    directory = Files.createDirectory(above.resolve("w"));
  }

  private Launch token(String... more) throws IOException {
    return product.token(scratch.directory(), more).from(directory);
  }

  private static Path give(Path path, int user) throws IOException, InterruptedException {
    if (!Tools.isRoot()) {
      throw Tools.absent("only root can make files of another user");
    }
    Tools.program("setpriv");
    Files.setAttribute(path, "unix:uid", user);
    return path;
  }

  private static void pipe(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void pipe_whereverTheSearchComesAlong_holdsNothingUp() throws Exception {
    pipe(above.resolve("atmos.yaml"));
    pipe(above.resolve(".git"));
    pipe(directory.resolve("atmos.yaml"));
    pipe(directory.resolve("atmos.d"));
    Files.createDirectory(directory.resolve(".git"));
    Launch.write(directory.resolve(".atmos.d/b.yaml"), IDENTITY);
    pipe(directory.resolve(".atmos.d/a.yaml"));
    accepted(token("--identity", "me").run().quiet());
  }

  @Test
  void pipe_thatAFileImports_isAnErrorAtOnce() throws Exception {
    Launch.write(directory.resolve("atmos.yaml"), "import: [x.yaml]\n");
    pipe(directory.resolve("x.yaml"));
    Outcome outcome = token().run();
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.stderr())
        .contains("atmos.yaml:1:10: can't read ", "x.yaml: isn't a plain file");
  }

  @Test
  void fileAbove_ofAnotherUser_takesNoPartAndIsNamedWhereSomethingIsMissing() throws Exception {
    Path file = give(Launch.write(above.resolve("atmos.yaml"), IDENTITY), STRANGER);
    accepted(token().run().quiet());
    assertThat(token("--identity", "me").run().failed(2))
        .contains(
            file + " was passed over, because it belongs to another user (uid " + STRANGER + ")",
            "ATMOS_TRUSTED_PATHS=" + file);
    accepted(token("--identity", "me").env("ATMOS_TRUSTED_PATHS", file.toString()).run().quiet());
    Outcome files =
        product.run(scratch.directory(), "config", "files").from(directory).run().quiet();
    assertThat(files.stdout())
        .contains("it belongs to another user (uid " + STRANGER + "); to use it, add it to");
  }

  @Test
  void file_ofTheWorkingDirectorysOwner_takesPartForRoot() throws Exception {
    give(above, STRANGER);
    give(directory, STRANGER);
    give(Launch.write(above.resolve("atmos.yaml"), IDENTITY), STRANGER);
    accepted(token("--identity", "me").run().quiet());
  }

  @Test
  void fileAbove_ofRootThatOthersCantRead_isPassedOver() throws Exception {
    give(Scratch.open(Launch.write(above.resolve("atmos.yaml"), IDENTITY), "rw-------"), 0);
    accepted(token().asMortal().run().quiet());
    assertThat(token("--identity", "me").asMortal().run().failed(2))
        .contains("atmos.yaml was passed over, because it can't be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$0\" \"$@\" --config <(cat x)",
        "\"$0\" \"$@\" --config /dev/stdin <x",
        "cat x | \"$0\" \"$@\" --config /dev/stdin",
        "ATMOS_CONFIG=/dev/stdin \"$0\" \"$@\" < <(cat x)",
        "mkfifo p; cat x >p & \"$0\" \"$@\" --config p",
      })
  void pipe_thatTheCommandLineNames_isRead(String line) throws Exception {
    String bash = Tools.program("bash").toString();
    Launch.write(directory.resolve("x"), IDENTITY);
    accepted(token("--identity", "me").through(bash, "-c", line).run().quiet());
  }

  @Test
  void pipe_thatNeverEnds_isGivenUp() throws Exception {
    pipe(directory.resolve("p"));
    assertThat(token("--config", "p").run().failed(2)).contains("doesn't end within 5 seconds");
  }

  @Test
  void lock_thatAnotherUserPutBesideAKubeconfig_isRefusedAndNotUsed() throws Exception {
    try (EksScene scene = EksScene.start(product, scratch.directory())) {
      scene.cluster("demo");
      Path shared = Files.createDirectory(scene.place().resolve("shared"));
      Files.setAttribute(shared, "unix:mode", 01777);
      Path lock = Files.createDirectory(shared.resolve("kc.lock"));
      give(Scratch.open(lock, "rwxrwxrwx"), STRANGER);
      Path kubeconfig = shared.resolve("kc");
      assertThat(scene.updateNamed("demo", "--kubeconfig=" + kubeconfig).run().failed(6))
          .contains(lock + " belongs to another user, who keeps the kubeconfig locked");
      assertThat(lock).isEmptyDirectory();
      assertThat(kubeconfig).doesNotExist();
      Files.delete(lock);
      scene.updateNamed("demo", "--kubeconfig=" + kubeconfig).run().succeeded();
      give(Scratch.open(kubeconfig, "rw-rw-rw-"), STRANGER);
      give(shared, STRANGER);
      // It is up to date, and yet not to be used.
      scene.updateNamed("demo", "--kubeconfig=" + kubeconfig).run().succeeded();
      assertThat(scene.updateNamed("demo", "--kubeconfig=" + kubeconfig).asMortal().run().failed(1))
          .contains(" belongs to another user (" + STRANGER + ")");
    }
  }

  @Test
  void directory_ofAnotherUser_getsNoKeys() throws Exception {
    Path theirs = Files.createDirectory(above.resolve("theirs"));
    Path file = give(Scratch.open(theirs, "rwxrwxrwx"), STRANGER).resolve("keys.json");
    Launch.write(
        directory.resolve("atmos.yaml"), IDENTITY.replace("}}}}", "}, session: {raw: true}}}}"));
    Launch env =
        product
            .run(scratch.directory(), "auth", "env", "-i", "me", "--static", "-o", file.toString())
            .env("ATMOS_TRUSTED_PATHS", directory.toString())
            .from(directory);
    assertThat(env.asMortal().run().failed(1))
        .contains(
            theirs
                + " belongs to another user ("
                + STRANGER
                + "); name a file in a directory of your own");
    assertThat(file).doesNotExist();
  }
}
