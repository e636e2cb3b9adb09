package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Homes, files and disks that can't be written: one line names the file and the reason. */
@EnabledOnOs(OS.LINUX)
class UnwritablePlacesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final String USER =
      """
      auth:
        identities:
          me:
            kind: aws/user
            credentials: {access_key_id: %s, secret_access_key: %s, region: us-east-2}
            session: {raw: true}
      """
          .formatted(Credentials.KEY_ID, Credentials.SECRET);

  private EksScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = EksScene.start(product, scratch.directory());
    scene.cluster("demo");
    Launch.write(scene.place().resolve("cwd/atmos.yaml"), USER);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** What writes a file that the user names. */
  private Launch writing(String command, Path file) throws IOException {
    return command.equals("env")
        ? product
            .run(scene.place(), "auth", "env", "--static", "-i", "me", "-o", file.toString())
            .env("ATMOS_TRUSTED_PATHS", scene.place().toString())
        : scene.updateNamed("demo", "--kubeconfig=" + file);
  }

  @ParameterizedTest
  @CsvSource({
    "/nonexistent, permission denied",
    "/, permission denied",
    "/dev/null, not a directory",
    "/proc, no such file or directory"
  })
  void home_thatCannotBeWritten_isSaidWhereASignInHasToBeKept(String home, String reason)
      throws Exception {
    try (SignInScene signIns = SignInScene.in(scratch.directory())) {
      Outcome login =
          signIns.run("auth", "login", "dev", "--no-browser").env("HOME", home).asMortal().run();

      assertThat(login.failed(1))
          .contains("can't keep a sign-in in " + home, ": " + reason, "set ATMOS_XDG_STATE_HOME");
      Launch token = product.token(signIns.place).env("ATMOS_IDENTITY", "false");
      Credentials.accepted(token.env("HOME", home).asMortal().run().quiet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "kubeconfig"})
  void file_inADirectoryThatIsClosed_isSaidAndLeftAlone(String command) throws Exception {
    Path closed = scratch.directory();
    Path there = Launch.write(closed.resolve("there"), "");

    for (Path file : List.of(closed.resolve("new"), there)) {
      assertThat(writing(command, file).asMortal().run().failed(1))
          .startsWith("atmos: can't ")
          .contains(file.toString())
          .contains(": permission denied");
    }
    assertThat(closed).isDirectoryNotContaining(path -> !path.equals(there));
    assertThat(there).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "kubeconfig"})
  void file_thatNoFileSystemTakes_isSaid(String command) throws Exception {
    for (Path file : List.of(Path.of("/proc/atmos-test"), Path.of("/dev/null/x"))) {
      assertThat(writing(command, file).run().failed(1))
          .startsWith("atmos: can't ")
          .contains(file.toString())
          .containsPattern(": (no such file or directory|not a directory)$");
    }
  }

  /** A disk of its own, on which nothing is free. */
  private static final String FULL_DISK =
      """
      mount -t tmpfs -o size=64k none "$1" || exit 99
      printf 'apiVersion: v1\\n' >"$1/there"
      dd if=/dev/zero of="$1/fill" bs=1k count=100 2>/dev/null
      disk=$1; shift
      "$@"; code=$?
      cat "$disk/there"; ls -A "$disk" >&2
      exit $code
      """;

  @ParameterizedTest
  @ValueSource(strings = {"env", "kubeconfig"})
  void file_onAFullDisk_isSaidAndLeftAsItWas(String command) throws Exception {
    String[] container = {"unshare", "-r", "-m"};
    if (!Tools.hasNamespaces(container)) {
      return;
    }
    Path disk = scratch.directory();
    Path file = disk.resolve("there");
    List<String> words = new ArrayList<>(List.of(container));
    words.addAll(List.of("sh", "-c", FULL_DISK, "sh", disk.toString()));

    Outcome outcome = writing(command, file).through(words.toArray(String[]::new)).run();

    assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(1);
    assertThat(outcome.stderr())
        .startsWith("atmos: can't ")
        .contains(file.toString())
        .endsWith(": no space left on device\nfill\nthere\n");
    assertThat(outcome.stdout()).isEqualTo("apiVersion: v1\n");
  }
}
