package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.services.system.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with plugins, configuration and records of trust in places that all can change. */
@DisabledOnOs(OS.WINDOWS)
final class UnsafePlacesRunTest {
  private static final String HELLO = "context.console().answer(\"hello\\n\"); return 0;";

  private static final String CONFIG =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: %s}
      """;
  private static final String DATA = CONFIG.formatted(AtmosRun.SECRET);
  private static final String EXEC = CONFIG.formatted("!exec ./secret");

  @TempDir Path root;
  private AtmosRun atmos;
  private Path data;

  @BeforeEach
  void start() {
    RealDirectories directories = new RealDirectories(root);
    atmos = AtmosRun.in(directories).command("./secret", AtmosRun.SECRET);
    data = directories.data().orElseThrow();
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void open(Path path) throws IOException {
    chmod(path, "rwxrwxrwx");
  }

  /** Does what a message says. */
  private static void cure(Result result, Path path) throws IOException {
    assertThat(result.stderr()).endsWith("run: chmod go-w " + path + "\n");
    chmod(path, "rwxr-xr-x");
  }

  private static String unsafe(Path path) {
    return path + " can be changed by other users (mode 0777)";
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data/atmos", "data/atmos/plugins"})
  void plugins_whoseIndexAllCanChange_areNotLoaded_andNothingElseIsHarmed(String part)
      throws IOException {
    GuestPlugin.withCommand(HELLO).install(data);
    AtmosRun bare = AtmosRun.in(new RealDirectories(root.resolve("bare"))).keys();
    atmos.keys();
    Path place = root.resolve(part);
    open(place);
    assertThat(atmos.token()).isEqualTo(bare.token());
    assertThat(atmos.run("auth", "list")).isEqualTo(bare.run("auth", "list"));
    assertThat(atmos.run("__complete", "bash", "1", "atmos", "ac").stderr()).isEmpty();
    String warning =
        "atmos: installed plugins are not loaded: "
            + unsafe(place)
            + "; run: chmod go-w "
            + place
            + "\n";
    for (String word : new String[] {"--help", "version"}) {
      String answer = bare.run(word).answer();
      assertThat(atmos.run(word)).isEqualTo(new Result(0, answer, warning));
    }
    Result result = atmos.run("acme", "hello");
    result.failed(
        7,
        "the command 'acme' is not built in, and installed plugins are not loaded: "
            + unsafe(place)
            + "; run: chmod go-w "
            + place);
    cure(result, place);
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
    assertThat(atmos.run("version").stderr()).isEmpty();
  }

  @Test
  void kind_ofAPluginWhoseIndexAllCanChange_failsAndSaysWhy() throws IOException {
    open(Files.createDirectories(data.resolve("plugins")));
    atmos.file(
        "atmos.yaml", "auth: {identities: {a: {kind: acme/static}, b: {kind: aws/ambient}}}\n");
    // Nobody has installed a plugin.
    atmos.keys().token("--identity", "a").failedShowing(7, "no plugin supplies", "acme/static");
    Files.writeString(data.resolve("plugins/index.properties"), "plugins=\n");
    atmos
        .token("--identity", "a")
        .failed(
            7,
            "identity kind 'acme/static' is not built in, and installed plugins are not loaded: "
                + unsafe(data.resolve("plugins"))
                + "; run: chmod go-w "
                + data.resolve("plugins"));
    assertThat(atmos.token("--identity", "b").keyId()).isEqualTo(AtmosRun.KEY_ID);
    assertThat(atmos.run("auth", "list").stdout()).contains("acme/static");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "acme/1.0", "acme/1.0/acme-1.0.jar"})
  void plugin_thatAllCanChange_isNotLoaded_andOthersAre(String part) throws IOException {
    GuestPlugin.withCommand(HELLO).install(data);
    GuestPlugin.withMembers(
            GuestPlugin.commands(
                    "CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> {"
                        + " context.console().say(\"atmos: other\"); return 5; })")
                .replace("acme hello", "other"))
        .as("other")
        .without("command.acme.hello")
        .with("command.other", "Another")
        .install(data);
    Path place = data.resolve("plugins").resolve(part);
    open(place);
    Result result = atmos.run("acme", "hello");
    result.failed(
        7, "plugin acme 1.0 is not loaded: " + unsafe(place) + "; run: chmod go-w " + place);
    assertThat(atmos.run("other").exitCode()).isEqualTo(5);
    assertThat(atmos.run("acme").answer()).contains("Say hello");
    cure(result, place);
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
  }

  @ParameterizedTest
  @CsvSource({"true, has changed since it was registered", "false, is not registered"})
  void jar_thatIsNotTheRegisteredOne_isNotLoaded_untilItIsRegistered(
      boolean registered, String problem) throws IOException {
    GuestPlugin.withCommand(HELLO).install(data);
    Path index = data.resolve("plugins/index.properties");
    Path jar = data.resolve("plugins/acme/1.0/acme-1.0.jar");
    if (registered) {
      // What stands behind the directory of a jar changes nothing in it.
      Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    } else {
      String text = Files.readString(index);
      Files.writeString(index, text.replaceAll("(?m)^acme/sha256.*\n", "").stripTrailing());
    }
    String line = "acme/sha256.acme-1.0.jar=" + Digests.sha256Hex(Files.readAllBytes(jar));
    atmos
        .run("acme", "hello")
        .failed(
            7,
            "plugin acme 1.0 is not loaded: "
                + jar
                + " "
                + problem
                + "; if you trust it, run: printf '\\n%s\\n' "
                + line
                + " >> "
                + index);
    Files.writeString(index, "\n" + line + "\n", StandardOpenOption.APPEND);
    assertThat(atmos.run("acme", "hello").answer()).isEqualTo("hello\n");
  }

  @Test
  void jar_thatOnlyAManifestNames_isNoPartOfThePlugin() throws IOException {
    Path elsewhere = root.resolve("elsewhere");
    GuestPlugin.withCommand(HELLO).install(elsewhere);
    GuestPlugin.withCommand(HELLO).missing("Hello").classPath("extra.jar").install(data);
    Files.copy(
        elsewhere.resolve("plugins/acme/1.0/acme-1.0.jar"),
        data.resolve("plugins/acme/1.0/extra.jar"));
    atmos.run("acme", "hello").failedSaying(7, "acme.Hello", "extra.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"config", "config/atmos", "config/atmos/atmos.yaml", "home/.atmos", "etc"})
  void configuration_thatAllCanChange_isNotTrusted_butData(String part) throws IOException {
    String file = (part.startsWith("config") ? "config/atmos" : part) + "/atmos.yaml";
    file = file.replace("atmos.yaml/atmos.yaml", "atmos.yaml");
    atmos.file("../" + file, EXEC);
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    Path place = root.resolve(part);
    open(place);
    Result result = atmos.token();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr())
        .startsWith("atmos: " + root.resolve(file) + ":5:")
        .contains(
            ": this file is not trusted, because "
                + unsafe(place)
                + ", and wants to run a command; run: chmod go-w ");
    atmos.file("../" + file, DATA);
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    atmos.file("../" + file, EXEC);
    cure(result, place);
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
  }

  @Test
  void configuration_thatIsALink_isTrusted_ifAllCannotChangeItsTarget() throws IOException {
    atmos.file("../dotfiles/atmos.yaml", EXEC).directory("../config/atmos");
    Path dotfiles = root.resolve("dotfiles");
    Files.createSymbolicLink(
        root.resolve("config/atmos/atmos.yaml"), dotfiles.resolve("atmos.yaml"));
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    open(dotfiles);
    Result result = atmos.token();
    result.failedSaying(2, unsafe(dotfiles));
    cure(result, dotfiles);
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data/atmos", "data/atmos/trusted"})
  void recordOfTrust_inAPlaceThatAllCanChange_countsForNothing(String part) throws IOException {
    atmos.file("atmos.yaml", EXEC);
    assertThat(atmos.run("config", "trust", "--yes").exitCode()).isZero();
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    Path place = root.resolve(part);
    open(place);
    atmos.token().failedSaying(2, unsafe(place), "chmod go-w");
    for (String option : new String[] {"--yes", "--list"}) {
      atmos
          .run("config", "trust", option)
          .failed(
              2,
              "what you trust can't be remembered: "
                  + unsafe(place)
                  + "; run: chmod go-w "
                  + place);
    }
    cure(atmos.run("config", "trust"), place);
    assertThat(atmos.token().keyId()).isEqualTo(AtmosRun.KEY_ID);
    assertThat(atmos.run("config", "trust", "--list").answer()).contains("unchanged");
  }
}
