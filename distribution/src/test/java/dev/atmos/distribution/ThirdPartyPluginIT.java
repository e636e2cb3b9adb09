package dev.atmos.distribution;

import static dev.atmos.distribution.Credentials.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger's jar in the plugins directory of its user, which prints wherever it can. */
class ThirdPartyPluginIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final Product product = Product.selfContained();

  private static final String SOURCE =
      """
      package stranger;

      import dev.atmos.plugin.Plugin;
      import dev.atmos.plugin.PluginCommand;
      import dev.atmos.plugin.auth.AwsCredentials;
      import dev.atmos.plugin.auth.Identity;
      import dev.atmos.plugin.auth.IdentityType;
      import dev.atmos.plugin.base.Secret;
      import dev.atmos.plugin.config.Definition;
      import dev.atmos.plugin.context.PluginContext;
      import java.util.List;
      import java.util.concurrent.Callable;
      import picocli.CommandLine.Model.CommandSpec;

      public final class StrangerPlugin implements Plugin {
        static {
          System.out.println("noise of the class");
        }

        @Override
        public List<PluginCommand> commands() {
          return List.of(
              PluginCommand.of("stranger greet", StrangerPlugin::greet),
              PluginCommand.of("stranger fall", StrangerPlugin::fall),
              PluginCommand.of("stranger leave", StrangerPlugin::leave),
              PluginCommand.of("stranger pry", StrangerPlugin::pry));
        }

        private static Object greet(PluginContext context) {
          System.out.println("noise of the factory");
          Callable<Integer> command = () -> {
            System.out.println("noise of the command");
            System.out.printf("noise with a %s%n", "format");
            System.out.write(65);
            System.out.flush();
            context.console().answer("hello\\n");
            System.out.println("noise after the answer");
            return 3;
          };
          return CommandSpec.wrapWithoutInspection(command);
        }

        private static Object fall(PluginContext context) {
          Callable<Integer> command = () -> {
            System.out.println("noise before the fall");
            throw new StackOverflowError("too deep");
          };
          return CommandSpec.wrapWithoutInspection(command);
        }

        private static Object leave(PluginContext context) {
          Callable<Integer> command = () -> {
            context.console().say("leaving");
            System.exit(0);
            return 0;
          };
          return CommandSpec.wrapWithoutInspection(command);
        }

        private static Object pry(PluginContext context) {
          Callable<Integer> command = () -> {
            for (String name : List.of(
                "dev.atmos.cli.Atmos", "dev.atmos.auth.AuthPlugin", "org.yaml.snakeyaml.Yaml",
                "com.fasterxml.jackson.core.JsonFactory", "software.amazon.awssdk.core.SdkClient")) {
              try {
                context.console().answer(Class.forName(name) + "\\n");
              } catch (ClassNotFoundException e) {
                context.console().answer("hidden\\n");
              }
            }
            try {
              Secret.class.getDeclaredFields()[0].setAccessible(true);
              context.console().answer("open\\n");
            } catch (RuntimeException e) {
              context.console().answer("closed\\n");
            }
            return 0;
          };
          return CommandSpec.wrapWithoutInspection(command);
        }

        @Override
        public List<IdentityType> identities() {
          return List.of(new StrangerIdentity());
        }

        private static final class StrangerIdentity implements IdentityType {
          @Override
          public String kind() {
            return "stranger/vault";
          }

          @Override
          public Identity create(Definition definition, PluginContext context) {
            System.out.println("noise of the identity");
            return request -> {
              System.out.println("noise of the credentials");
              if (definition.flag("leaves").orElse(false)) {
                System.exit(0);
              }
              return AwsCredentials.of(
                  definition.requiredText("key_id"),
                  Secret.of(context.environment().get("STRANGER_SECRET").orElseThrow()),
                  null,
                  null);
            };
          }
        }
      }
      """;

  private static final String METADATA =
      """
      plugins=stranger,broken
      stranger/version=1.0
      stranger/api=0.2
      stranger/class=stranger.StrangerPlugin
      stranger/jars=stranger.jar
      stranger/group.stranger=What a stranger has to offer
      stranger/command.stranger.greet=Greets
      stranger/command.stranger.fall=Falls
      stranger/command.stranger.leave=Leaves
      stranger/command.stranger.pry=Pries
      stranger/identities=stranger/vault
      broken/version=1.0
      broken/api=0.2
      broken/class=broken.BrokenPlugin
      broken/jars=broken.jar
      broken/command.broken=Is broken
      """;

  private static final String CONFIGURATION =
      """
      auth:
        identities:
          vault:
            kind: stranger/vault
            key_id: AKIDEXAMPLE
      """;

  private static Path data = Path.of("");

  @BeforeAll
  static void install() throws Exception {
    data = scratch.directory();
    Path plugins = data.resolve("atmos/plugins");
    Launch.write(plugins.resolve("index.properties"), METADATA);
    Path broken = plugins.resolve("broken/1.0/broken.jar");
    Launch.write(broken, "not a jar");
    StrangersJar.register(plugins, "broken", broken);
    Path stranger = plugins.resolve("stranger/1.0/stranger.jar");
    StrangersJar.write(scratch.directory(), "stranger.StrangerPlugin", SOURCE, stranger);
    StrangersJar.register(plugins, "stranger", stranger);
  }

  private static Launch run(String... words) throws IOException {
    return product.run(scratch.directory(), words).env("XDG_DATA_HOME", data.toString());
  }

  @Test
  void itsCommand_printingAllAround_answersThroughTheConsoleAlone() throws Exception {
    Outcome outcome = run("stranger", "greet").run();
    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.stdout()).isEqualTo("hello\n");
    assertThat(outcome.stderr())
        .contains("noise of the class\n")
        .contains("noise of the factory\n")
        .contains("noise of the command\nnoise with a format\nA")
        .contains("noise after the answer\n");
  }

  @Test
  void itsIdentityKind_printingAllAround_givesATokenThatIsAccepted() throws Exception {
    Launch launch =
        product
            .token(scratch.directory(), "--identity", "vault")
            .env("XDG_DATA_HOME", data.toString())
            .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
            .env("STRANGER_SECRET", Credentials.SECRET);
    Launch.write(launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION);
    Outcome outcome = launch.run();
    accepted(outcome);
    assertThat(outcome.stderr())
        .isEqualTo("noise of the class\nnoise of the identity\nnoise of the credentials\n");
  }

  /** In the image, the module system keeps private what is private; on jars, nothing does. */
  @Test
  void itsCode_seesTheApiAlone_andNothingPrivateOfIt() throws Exception {
    assertThat(run("stranger", "pry").run().succeeded().stdout())
        .isEqualTo("hidden\n".repeat(5) + (Product.isOnJars() ? "open\n" : "closed\n"));
  }

  @Test
  void itsCommand_whenItFails_isNamed() throws Exception {
    Outcome outcome = run("stranger", "fall").run();
    assertThat(outcome.exit()).isEqualTo(7);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr().lines().toList())
        .last()
        .asString()
        .startsWith("atmos: ")
        .contains("stranger")
        .contains("too deep");
  }

  @Test
  void itsCommand_thatEndsTheProcess_isNamed() throws Exception {
    Outcome outcome = run("stranger", "leave").run();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.exit()).isEqualTo(7);
    assertThat(outcome.stderr())
        .endsWith("leaving\natmos: plugin stranger ended the process; report it to its author\n");
  }

  @Test
  void itsIdentity_thatEndsTheProcess_isNamed() throws Exception {
    Launch launch =
        product
            .token(scratch.directory(), "--identity", "vault")
            .env("XDG_DATA_HOME", data.toString());
    Launch.write(
        launch.workingDirectory().resolve("atmos.yaml"), CONFIGURATION + "      leaves: true\n");
    Outcome outcome = launch.run();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.exit()).isEqualTo(7);
    assertThat(outcome.stderr())
        .endsWith("plugin stranger ended the process; report it to its author\n");
  }

  @Test
  void aBrokenJar_costsItsOwnCommandAlone() throws Exception {
    assertThat(run("broken").run().failed(7)).contains("broken");
    assertThat(run("--help").run().succeeded().quiet().stdout())
        .contains("broken")
        .contains("stranger");
    accepted(
        product.token(scratch.directory()).env("XDG_DATA_HOME", data.toString()).run().quiet());
  }

  /** The place of the jars is opened to all, closed by the command that the message names. */
  @ParameterizedTest
  @ValueSource(strings = {"atmos", "atmos/plugins", "atmos/plugins/stranger/1.0"})
  void itsCode_whereAllCanChangeIt_isNotRun_untilTheAdviceIsFollowed(String part) throws Exception {
    Path place = data.resolve(part);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    String advice = "chmod go-w " + place;
    try {
      assertThat(run("stranger", "greet").run().failed(7))
          .contains(place + " can be changed by other users (mode 0777); run: " + advice);
      accepted(
          product.token(scratch.directory()).env("XDG_DATA_HOME", data.toString()).run().quiet());
    } finally {
      Launch.in(scratch.directory()).command("sh", "-c", advice).run().succeeded();
    }
    assertThat(run("stranger", "greet").run().stdout()).isEqualTo("hello\n");
  }

  @Test
  void itsJar_whenItIsAnother_isNotRun_untilTheAdviceIsFollowed() throws Exception {
    Path jar = data.resolve("atmos/plugins/stranger/1.0/stranger.jar");
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    String line = run("stranger", "greet").run().failed(7);
    assertThat(line)
        .contains("plugin stranger 1.0 is not loaded: " + jar + " has changed")
        .doesNotContain("noise");
    String advice = line.substring(line.indexOf("printf "));
    Launch.in(scratch.directory()).command("sh", "-c", advice).run().succeeded();
    assertThat(run("stranger", "greet").run().stdout()).isEqualTo("hello\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger --help", "stranger", "help stranger"})
  void itsHelp_isReadFromTheIndexAlone(String words) throws Exception {
    Outcome outcome = run(words.split(" ", -1)).run().succeeded().quiet();
    assertThat(outcome.stdout()).contains("greet").contains("Greets");
  }
}
