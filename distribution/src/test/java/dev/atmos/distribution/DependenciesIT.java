package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The build's own check of its dependencies, with a repository and a list of the test's. */
class DependenciesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private Path root = Path.of("");
  private Path used = Path.of("");
  private Path plugin = Path.of("");

  @BeforeEach
  void listTwo() throws Exception {
    root = scratch.directory();
    used = jar("repository/org/example/used/1.0/used-1.0.jar", "used");
    plugin = jar("repository/org/example/plugin/2.0/plugin-2.0.jar", "plugin");
    Launch.write(
        root.resolve("build/dependencies.sha256"),
        digest("plugin")
            + "  org/example/plugin/2.0/plugin-2.0.jar\n"
            + digest("used")
            + "  org/example/used/1.0/used-1.0.jar\n");
  }

  private Path jar(String name, String content) throws Exception {
    return Launch.write(root.resolve(name), content);
  }

  private static String digest(String content) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
  }

  private Outcome check(String what, Path... classPath) throws Exception {
    return Launch.in(scratch.directory())
        .command(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Path.of("../build/Dependencies.java").toRealPath().toString(),
            what,
            root.toString(),
            Arrays.stream(classPath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)))
        .run();
  }

  @Test
  void jars_asListed_passInSilence() throws Exception {
    Path own = jar("atmos-cli/target/atmos-cli-0.1.0.jar", "own");
    Path installed = jar("repository/dev/atmos/plugin-api/0.1.0/plugin-api-0.1.0.jar", "own");
    Path classes = Files.createDirectories(root.resolve("atmos-cli/target/classes"));
    assertThat(check("everything", used, own, installed, classes).succeeded().quiet().stdout())
        .isEmpty();
  }

  @Test
  void jar_withOtherContent_failsTheBuild() throws Exception {
    jar("repository/org/example/used/1.0/used-1.0.jar", "tampered");
    Outcome outcome = check("class-path", used);
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr())
        .isEqualTo(
            used
                + " has SHA-256 "
                + digest("tampered")
                + " and not "
                + digest("used")
                + ", as build/dependencies.sha256 has it; delete the file to have it fetched again,"
                + " or if the project means to use this one, run build/update-dependencies and"
                + " commit its result\n");
  }

  @Test
  void jar_thatIsNotListed_failsTheBuild() throws Exception {
    Path other = jar("repository/org/example/used/1.1/used-1.1.jar", "used");
    Path inTarget = jar("repository/target/used-1.0.jar/x/y.jar", "used");
    Outcome outcome = check("everything", used, other, inTarget);
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" isn't in build/dependencies.sha256; "));
  }

  @Test
  void plugin_withOtherContent_failsTheBuild_whereEverythingIsChecked() throws Exception {
    Files.writeString(plugin, "tampered");
    check("class-path", used).succeeded();
    Outcome outcome = check("everything", used);
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).startsWith(plugin + " has SHA-256 ");
  }

  @Test
  void plugin_thatIsNotFetchedYet_isNoFault() throws Exception {
    Files.delete(plugin);
    check("everything", used).succeeded().quiet();
  }
}
