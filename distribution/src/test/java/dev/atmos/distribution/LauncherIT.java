package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Java can't start, the launcher says so, or it starts Java where it can. */
class LauncherIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String TOKEN = "aws eks token --cluster-name demo --region us-east-2";
  private static final String UPDATE = "aws eks update-kubeconfig --name demo --region us-east-2";
  private static final String GONE = "mkdir d && cd d && rmdir ../d";

  /** Twenty-one names of 200 letters: by that path, Linux finds nothing. */
  private static final String DEEP =
      "d=$(printf %0200d 0); for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21;"
          + " do mkdir $d; cd -P $d || exit 99; done";

  /** A path that Linux just takes, and in which the names of our files are too long. */
  private static final String NEARLY_DEEP =
      "d=$(printf %0200d 0); while p=$(pwd -P) && [ ${#p} -lt 3880 ]; do mkdir $d; cd -P $d; done;"
          + " d=$(printf %0$((4094 - ${#p}))d 0); mkdir $d; cd -P $d || exit 99";

  private static Launch in(String directory, String words) throws IOException {
    return Launch.in(scratch.directory())
        .shell(directory + "; exec \"$1\" " + words, Product.selfContained().launcher())
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("ATMOS_KEYRING_TYPE", "plain");
  }

  /** Shells have a line of their own to say about a directory that is gone. */
  private static Stream<String> lines(Outcome outcome) {
    return outcome.stderr().lines().filter(line -> !line.contains("getcwd"));
  }

  private static String why(String directory) {
    return directory.equals(GONE)
        ? "does not exist any more"
        : "has a path that is too long for Java";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        "auth list",
        "auth exec -- true",
        "auth shell",
        "auth validate",
        "auth login",
        UPDATE,
        "version"
      })
  @EnabledOnOs(OS.LINUX)
  void command_whereJavaCannotStart_failsInOneLineOfOurs(String words) throws Exception {
    for (String directory : new String[] {GONE, DEEP}) {
      Outcome outcome = in(directory, words).run();

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.stdout()).isEmpty();
      assertThat(lines(outcome)).containsExactly("atmos: the working directory " + why(directory));
    }
  }

  /** The kubeconfig entry says which configuration counts. */
  @ParameterizedTest
  @ValueSource(strings = {GONE, DEEP})
  @EnabledOnOs(OS.LINUX)
  void token_ofAnEntry_isAcceptedThere(String directory) throws Exception {
    Outcome outcome = in(directory, TOKEN).env("ATMOS_CONFIG", "").run();

    Credentials.accepted(outcome);
    assertThat(lines(outcome)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    TOKEN + ", 0, ''",
    "config files, 0, ''",
    "auth list, 0, are configured",
    "auth validate, 0, no auth section",
    "auth exec -- true, 2, are configured",
    "auth login, 2, are configured",
    UPDATE + " --kubeconfig kc, 1, '/kc: file name too long'"
  })
  @EnabledOnOs(OS.LINUX)
  void command_whereFilesHaveTooLongPaths_runsOrSaysSo(String words, int code, String line)
      throws Exception {
    Outcome outcome = in(NEARLY_DEEP, words).run();

    assertThat(outcome.exit()).as(outcome.stderr()).isEqualTo(code);
    assertThat(outcome.stderr()).contains(line).hasLineCount(line.isEmpty() ? 0 : 1);
  }

  /** As on Alpine: the copy is of a Java for a C library that this machine doesn't have. */
  @ParameterizedTest
  @ValueSource(strings = {TOKEN, "version", "auth exec -- true"})
  @EnabledOnOs(OS.LINUX)
  void java_forAnotherCLibrary_isSaid(String words) throws Exception {
    Path place = scratch.directory();
    Product copy = withLoader(place.resolve("atmos"), "/lib64/ld-nothing");

    Outcome outcome = Launch.in(place).shell("\"$1\" " + words, copy.launcher()).run();

    assertThat(outcome.failed(1))
        .isEqualTo("atmos: this archive needs glibc; on Alpine use the portable archive");
  }

  /** A copy whose Java, and with it the launcher, names a loader that begins so. */
  private static Product withLoader(Path target, String beginning) throws Exception {
    Product original = Product.withItsJava();
    Product copy = original.lightCopyTo(target);
    Files.delete(copy.runtime());
    Path java = Files.createDirectories(copy.runtime().resolve("bin")).resolve("java");
    String bytes =
        Files.readString(original.runtime().resolve("bin/java"), StandardCharsets.ISO_8859_1);
    String launcher = Files.readString(copy.launcher());
    int at = bytes.indexOf("/ld-");
    int begin = bytes.lastIndexOf('\0', at) + 1;
    String loader = bytes.substring(begin, bytes.indexOf('\0', at));
    String other = beginning + loader.substring(beginning.length());
    assertThat(launcher).contains("\"" + loader + "\"");
    Files.writeString(java, bytes.replace(loader, other), StandardCharsets.ISO_8859_1);
    Scratch.open(java, "rwxr-xr-x");
    Files.writeString(copy.launcher(), launcher.replace(loader, other));
    return copy;
  }
}
