package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever and however the product is started, standard output is one token and nothing else, or
 * nothing at all and the exit code says so.
 */
class HostileSurroundingsIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();
  private static final String TOKEN = " aws eks token --cluster-name demo --region us-east-2";

  @Test
  void token_inPlainSurroundings_isAcceptedAndNothingElseIsSaid() throws Exception {
    accepted(product.token(scratch.directory()).run().quiet());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          HOME,              /nonexistent
          HOME,              ''
          HOME,              relative/home
          HOME,              /dev/null
          XDG_DATA_HOME,     /dev/null
          XDG_CONFIG_HOME,   relative
          TMPDIR,            /nonexistent
          JAVA_TOOL_OPTIONS, -XX:NoSuchFlag
          JAVA_TOOL_OPTIONS, -version
          JAVA_TOOL_OPTIONS, ''
          _JAVA_OPTIONS,     -XX:NoSuchFlag
          _JAVA_OPTIONS,     -Xlog:all=trace
          JDK_JAVA_OPTIONS,  -XX:NoSuchFlag
          JDK_JAVA_OPTIONS,  @/nonexistent
          JDK_JAVA_OPTIONS,  "'unbalanced"
          JDK_AOT_VM_OPTIONS, -XX:NoSuchFlag
          _JAVA_LAUNCHER_DEBUG, 1
          JAVA_HOME,         /nonexistent
          ATMOS_JAVA_HOME,   /nonexistent
          CLASSPATH,         /nonexistent
          LD_LIBRARY_PATH,   /nonexistent
          LC_ALL,            C
          LC_ALL,            POSIX
          LC_ALL,            no_SUCH.locale
          LC_ALL,            ''
          LANG,              C
          LANG,              tr_TR.UTF-8
          CDPATH,            /usr:/tmp
          IFS,               ' /-'
          PATH,              ''
          PATH,              /nonexistent
          PWD,               /nonexistent
          ENV,               /nonexistent
          BASH_ENV,          /nonexistent
          POSIXLY_CORRECT,   1
          TERM,              dumb
          ATMOS_LOGS_LEVEL,  nonsense
          """)
  void token_withAVariable_isAcceptedAndNothingElseIsSaid(String name, String value)
      throws Exception {
    accepted(product.token(scratch.directory()).env(name, value).run().quiet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "PATH"})
  void token_withoutAVariable_isAcceptedAndNothingElseIsSaid(String name) throws Exception {
    accepted(product.token(scratch.directory()).without(name).run().quiet());
  }

  @Test
  void token_withAllOfJavasVariablesAtOnce_isAcceptedAndNothingElseIsSaid() throws Exception {
    accepted(
        product
            .token(scratch.directory())
            .without("HOME")
            .env("LC_ALL", "C")
            .env("JAVA_TOOL_OPTIONS", "-XX:NoSuchFlag")
            .env("_JAVA_OPTIONS", "-XX:NoSuchFlag")
            .env("JDK_JAVA_OPTIONS", "-XX:NoSuchFlag")
            .run()
            .quiet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$1\"",
        "exec \"$1\"",
        "sh \"$1\"",
        "\"$1\" <&-",
        "\"$1\" </dev/zero",
        "\"$1\" </",
        "\"$1\" 2>&-",
        "\"$1\" <&- 2>&-",
        "echo text | \"$1\"",
        "umask 777; \"$1\"",
        "ulimit -c unlimited; \"$1\"",
        "cd \"${1%/atmos}\"; ./atmos",
        "cd \"${1%/atmos}\"; sh atmos",
        "cd \"${1%/atmos}\"; sh ./atmos",
        "cd \"${1%/bin/atmos}\"; bin/atmos",
        "cd \"${1%/bin/atmos}\"; ./bin/atmos",
        "cd \"${1%/bin/atmos}\"; sh bin/atmos",
        "cd \"${1%/bin/atmos}/lib\"; ../bin/atmos",
        "cd \"${1%/bin/atmos}/lib\"; CDPATH=/:/usr ../bin/../bin/atmos",
        "cd /; \"$1\"",
        "PATH=${1%/atmos}:$PATH; atmos",
        "PATH=${1%/atmos}; atmos",
        "cd \"${1%/atmos}\"; PATH=.; atmos",
        "cd \"${1%/atmos}\"; PATH=:/usr/bin:/bin; atmos",
        "mkdir aws eks token; \"$1\"",
        "touch .hotspotrc .hotspot_compiler; \"$1\"",
        "echo x >JDK_JAVA_OPTIONS; \"$1\"",
      })
  void token_calledByAShell_isAcceptedAndNothingElseIsSaid(String call) throws Exception {
    int end = call.indexOf('<') < 0 ? call.length() : call.indexOf('<');
    end = call.indexOf("2>") < 0 ? end : Math.min(end, call.indexOf("2>"));
    String line = call.substring(0, end) + TOKEN + " " + call.substring(end);
    accepted(Launch.in(scratch.directory()).shell(line, product.launcher()).run().quiet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ln -s \"$1\" atmos; \"$PWD/atmos\"",
        "ln -s \"$1\" other-name; ./other-name",
        "ln -s \"$1\" atmos; PATH=$PWD:$PATH; cd /; atmos",
        "ln -s \"${1%/bin/atmos}\" home; home/bin/atmos",
        "ln -s \"${1%/atmos}\" 'a directory'; PATH=$PWD/a\\ directory:$PATH; atmos",
        "mkdir -p a/b; ln -s \"${1%/bin/atmos}\" home; ln -s ../../home/bin/atmos a/b/atmos;"
            + " PATH=$PWD/a/b:$PATH; cd /; atmos",
        "mkdir -p 'a b' c; ln -s \"$1\" 'a b/first link'; ln -s '../a b/first link' c/atmos;"
            + " PATH=$PWD/c:$PATH; cd /; atmos",
      })
  void token_throughSymbolicLinks_isAcceptedAndNothingElseIsSaid(String call) throws Exception {
    accepted(Launch.in(scratch.directory()).shell(call + TOKEN, product.launcher()).run().quiet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LANG=C", "LC_CTYPE=POSIX", "LC_ALL=C.UTF-8", "LC_ALL="})
  void token_fromAPathThatIsNotAscii_isAcceptedAndTheCachesAreInUse(String locale)
      throws Exception {
    // The shell makes the name: the Java that runs this test may not be able to.
    String unpacked =
        "d=$(printf '%s/V\\303\\251lo \\346\\227\\245\\346\\234\\254  $x' \"$2\");"
            + " [ -d \"$d\" ] || { mkdir -p \"$d\" && cp -Rp \"$1\" \"$d/atmos\"; };"
            + " export \"$3\"; cd \"$d\"; \"$d/atmos/bin/atmos\"";
    Path place = scratch.directory();
    Path target = scratch.directory();
    accepted(
        Launch.in(place).shell(unpacked + TOKEN, product.home(), target, locale).run().quiet());
    assertThat(
            Launch.in(place)
                .shell(unpacked + " version", product.home(), target, locale)
                .run()
                .quiet()
                .stdout())
        .contains("start-up cache: in use, token whole, main whole");
  }

  @Test
  void token_afterTheProductWasMoved_isAcceptedAndTheCachesAreInUse() throws Exception {
    Path place = scratch.directory();
    Product before = product.copyTo(scratch.directory().resolve("before"));
    accepted(before.token(place).run().quiet());
    Product after = new Product(before.home().resolveSibling("after"));
    Files.move(before.home(), after.home());
    accepted(after.token(place).run().quiet());
    assertThat(after.caches(place)).isEqualTo("in use, token whole, main whole");
  }

  @Test
  void token_ofAnArchiveThatItsUserUnpacked_isAcceptedFromAReadOnlyDirectory() throws Exception {
    Path place = scratch.openDirectory();
    Path target = scratch.openDirectory();
    Launch.in(place)
        .shell("umask 077; tar -xzf \"$1\" -C \"$2\"", Product.archive(".tar.gz"), target)
        .asMortal()
        .run()
        .succeeded();
    Product theirs = new Product(onlyEntry(target));
    accepted(theirs.token(place).asMortal().run().quiet());
    Launch.in(place).shell("chmod -R a-w \"$1\"/*", target).asMortal().run().succeeded();
    accepted(theirs.token(place).asMortal().run().quiet());
    Outcome version = theirs.run(place, "version").asMortal().run().succeeded().quiet();
    assertThat(version.stdout()).contains("start-up cache: in use, token whole, main whole");
  }

  @Test
  void token_ofAnArchiveThatRootUnpacked_isAcceptedForOthers() throws Exception {
    Path place = scratch.openDirectory();
    Path target = scratch.directory();
    Launch.in(place)
        .shell("umask 022; tar -xzf \"$1\" -C \"$2\"", Product.archive(".tar.gz"), target)
        .run()
        .succeeded();
    Product theirs = new Product(onlyEntry(target));
    accepted(theirs.token(place).asMortal().run().quiet());
    accepted(theirs.token(place).from(Path.of("/")).asMortal().run().quiet());
  }

  private static Path onlyEntry(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> found = entries.toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {">&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "1</dev/null"})
  void token_withNowhereToWriteTo_fails(String redirection) throws Exception {
    if (redirection.contains("full") && !Files.exists(Path.of("/dev/full"))) {
      throw Tools.absent("there is no /dev/full to write to");
    }
    Outcome outcome =
        Launch.in(scratch.directory())
            .shell("\"$1\"" + TOKEN + " " + redirection, product.launcher())
            .run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    if (!redirection.contains("2>")) {
      assertThat(outcome.stderr())
          .startsWith("atmos: the answer can't be written to standard output: ")
          .endsWith("\n")
          .hasLineCount(1);
    }
  }

  /** The shells that may be a system's sh. */
  static Stream<String> shells() {
    return Stream.of("sh", "dash", "bash", "ksh", "mksh", "yash", "busybox sh")
        .filter(shell -> Tools.onPath(shell.replaceFirst(" .*", "")).isPresent());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void token_byEachShell_isAcceptedOrFails(String shell) throws Exception {
    Path place = scratch.directory();
    Files.createSymbolicLink(place.resolve("link"), product.launcher());
    String call = shell + " \"$1\"" + TOKEN;
    accepted(Launch.in(place).shell(call, product.launcher()).run().quiet());
    accepted(Launch.in(place).shell(call, place.resolve("link")).run().quiet());
    accepted(Launch.in(place).shell(call + " <&- 2>&-", product.launcher()).run().quiet());
    accepted(
        Launch.in(place)
            .shell("cd \"${1%/atmos}\"; " + shell + " atmos" + TOKEN, product.launcher())
            .run()
            .quiet());
    for (String closed : List.of(">&-", "<&- >&-", "<&- >&- 2>&-", "1</dev/null")) {
      Outcome outcome = Launch.in(place).shell(call + " " + closed, product.launcher()).run();
      assertThat(outcome.exit()).as(closed).isEqualTo(1);
    }
    Outcome gone =
        Launch.in(place)
            .shell("mkdir d && cd d && rmdir ../d && " + call, product.launcher())
            .run();
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.stderr()).endsWith("atmos: the working directory does not exist any more\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 2_000_000, 4_000_000})
  void token_withLittleMemory_isAcceptedInSilence(int kib) throws Exception {
    accepted(
        Launch.in(scratch.directory())
            .shell("ulimit -v " + kib + "; \"$1\"" + TOKEN, product.launcher())
            .run()
            .quiet());
  }

  @Test
  void token_byALinkToTheDirectoryOfTheLauncher_isAccepted() throws Exception {
    Path place = scratch.directory();
    Path link =
        Files.createSymbolicLink(place.resolve("bin"), product.launcher().resolveSibling(""));
    accepted(Launch.in(place).shell("\"$1\"/atmos" + TOKEN, link).run().quiet());
  }

  @Test
  void launcher_thatWasCopied_saysSo() throws Exception {
    Path copy = Files.copy(product.launcher(), scratch.directory().resolve("atmos"));
    Outcome outcome = Launch.in(scratch.directory()).shell("\"$1\"" + TOKEN, copy).run();
    assertThat(outcome.failed(1)).contains("not beside its lib and runtime");
  }

  @Test
  void product_inADirectoryWithAColon_saysSo() throws Exception {
    Path odd = Files.createDirectories(scratch.directory().resolve("a:b/bin"));
    Path copy = Files.copy(product.launcher(), odd.resolve("atmos"));
    Files.createDirectory(odd.resolveSibling("lib"));
    Outcome outcome = Launch.in(scratch.directory()).shell("\"$1\"" + TOKEN, copy).run();
    assertThat(outcome.failed(1)).contains("a directory with a colon in its name");
  }

  @ParameterizedTest
  @ValueSource(ints = {150_000, 400_000, 849_999})
  void token_withTooLittleMemoryForJava_saysSo(int kib) throws Exception {
    Outcome outcome =
        Launch.in(scratch.directory())
            .shell("ulimit -v " + kib + "; \"$1\"" + TOKEN, product.launcher())
            .run();
    assertThat(outcome.failed(1)).contains("ulimit -v").contains("1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--help", "aws eks token --cluster-name demo"})
  void anyCommand_withoutAHome_leavesNothingBehind(String words) throws Exception {
    Path place = scratch.directory();
    Path missing = place.resolve("missing");
    product.run(place, words.split(" ", -1)).env("HOME", missing.toString()).run();
    assertThat(missing).doesNotExist();
    product.run(place, words.split(" ", -1)).without("HOME").run();
    if (Tools.isRoot()) {
      assertThat(Path.of("/.local/state/atmos")).doesNotExist();
    }
  }

  @Test
  void version_withJavasVariables_saysNothingElse() throws Exception {
    Outcome outcome =
        product
            .run(scratch.directory(), "version")
            .env("JAVA_TOOL_OPTIONS", "-XX:NoSuchFlag")
            .env("LC_ALL", "C")
            .run()
            .succeeded()
            .quiet();
    assertThat(outcome.stdout())
        .startsWith("atmos 0.1.0\nbuild " + product.build() + "\njava 2")
        .endsWith("\nstart-up cache: in use, token whole, main whole\n");
  }
}
