package dev.atmos.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.kind.Description;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The contract refuses what the host would refuse. */
class PluginContractTest {
  @TempDir private Path directory;

  /** A plugin as it should be, with parts that other ones replace. */
  public static class Good implements Plugin {
    @Override
    public List<PluginCommand> commands() {
      return List.of(PluginCommand.of("hello world", context -> command()));
    }

    Object command() {
      return new GoodCommand();
    }

    @Override
    public List<IdentityType> identities() {
      return List.of(new GoodIdentity());
    }
  }

  @CommandLine.Command(name = "world", mixinStandardHelpOptions = true)
  static class GoodCommand implements Callable<Integer> {
    @CommandLine.Option(names = "--name")
    String name = "world";

    @Override
    public Integer call() {
      return 0;
    }
  }

  static final class WithProfile extends GoodCommand {
    @CommandLine.Option(names = {"-p", "--profile"})
    void profile(String value) {
      name = value;
    }
  }

  static final class WithDirectory extends GoodCommand {
    @CommandLine.Option(names = "-C")
    void directory(String value) {
      name = value;
    }
  }

  static class GoodIdentity implements IdentityType {
    @Override
    public String kind() {
      return "hello/vault";
    }

    @Override
    public Schema schema() {
      return Schema.object("A vault.")
          .required("address", Schema.endpoint("The address."))
          .optional("role", Schema.text("The role.").withExample("deploy"))
          .optional("ttl", Schema.duration("How long."));
    }

    @Override
    public Identity create(Definition definition, PluginContext context) {
      String address = definition.endpoint("address").orElseThrow(() -> missing(definition));
      String length = definition.duration("ttl").map(Duration::toString).orElse("an hour");
      return request -> {
        throw new UnsupportedOperationException(address + " for " + length);
      };
    }

    private static AtmosException missing(Definition definition) {
      return definition.error("address", "'address' is missing", null);
    }
  }

  /** Has an option that every command has. */
  public static final class TakesAnOption extends Good {
    @Override
    Object command() {
      return new WithProfile();
    }
  }

  /** Has a subcommand with an option that every command has. */
  public static final class TakesAnOptionBelow extends Good {
    @Override
    Object command() {
      return new CommandLine(new GoodCommand())
          .addSubcommand("below", new WithDirectory())
          .getCommandSpec();
    }
  }

  /** Has a command that can't be run. */
  public static final class CannotRun extends Good {
    @CommandLine.Command(name = "world")
    static final class Idle {}

    @Override
    Object command() {
      return new Idle();
    }
  }

  /** Has an identity kind that can't describe an incomplete definition. */
  public static final class CannotDescribe extends Good {
    @Override
    public List<IdentityType> identities() {
      return List.of(
          new GoodIdentity() {
            @Override
            public Description describe(Definition definition) {
              return Description.NONE.withSubject(definition.requiredText("role"));
            }
          });
    }
  }

  /** Has an identity kind that runs a program before it is asked for a grant. */
  public static final class RunsAtOnce extends Good {
    @Override
    public List<IdentityType> identities() {
      return List.of(
          new GoodIdentity() {
            @Override
            public Identity create(Definition definition, PluginContext context) {
              try {
                context.processes().run(Processes.Program.of(List.of("vault")));
              } catch (IOException e) {
                throw new AtmosException(ExitCode.FAILED, "the vault is closed");
              }
              return super.create(definition, context);
            }
          });
    }
  }

  /** Has an identity kind that fails with something other than a sentence for the user. */
  public static final class Crashes extends Good {
    @Override
    public List<IdentityType> identities() {
      return List.of(
          new GoodIdentity() {
            @Override
            public Identity create(Definition definition, PluginContext context) {
              throw new IllegalStateException("boom");
            }
          });
    }
  }

  /** Has an identity kind of another name than its metadata says. */
  public static final class HasAnotherKind extends Good {
    @Override
    public List<IdentityType> identities() {
      return List.of(
          new GoodIdentity() {
            @Override
            public String kind() {
              return "hello/other";
            }
          });
    }
  }

  private static final String METADATA =
      """
      id=hello
      version=1.0
      api=0.2
      group.hello=Greetings
      command.hello.world=Greet someone
      identities=hello/vault
      """;

  @Test
  void plugin_asItShouldBe_passes() throws Exception {
    assertThat(failures(Good.class, METADATA, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TakesAnOption, everyCommand_onFakes_rendersItsHelpAndRuns, hello world declares the option"
        + " --profile",
    "TakesAnOptionBelow, everyCommand_onFakes_rendersItsHelpAndRuns, hello world below declares the"
        + " option -C",
    "CannotRun, everyCommand_onFakes_rendersItsHelpAndRuns, hello world is a Callable<Integer> or a"
        + " Runnable",
    "CannotDescribe, everyKind_onFakes_describesItself, 'role' is missing",
    "RunsAtOnce, everyKind_onFakes_isMadeWithoutEffects, hello/vault runs nothing",
    "Crashes, everyKind_onFakes_isMadeWithoutEffects, boom",
    "HasAnotherKind, metadata_versusCode_isEqual, hello/other",
  })
  void plugin_thatTheHostWouldRefuse_fails(String plugin, String test, String message)
      throws Exception {
    Class<?> type = Class.forName(PluginContractTest.class.getName() + "$" + plugin);
    Map<String, String> failures = failures(type, METADATA, true);

    assertThat(failures).containsOnlyKeys(test);
    assertThat(failures.get(test)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "api=0.2, api=0.1, metadata_versusCode_isEqual",
    "api=0.2, api=9.0, metadata_versusCode_isEqual",
    "id=hello, id=Hello!, metadata_idAndVersion_areThere",
    "version=1.0, '', metadata_idAndVersion_areThere",
    "Greet someone, '', metadata_everyCommandAndGroup_hasAOneLineSummary",
    "command.hello.world, command.hello, metadata_versusCode_isEqual",
    "identities=, identity=, metadata_withOtherKeys_isMistyped",
  })
  void metadata_thatIsWrong_fails(String right, String wrong, String test) throws Exception {
    assertThat(failures(Good.class, METADATA.replace(right, wrong), true)).containsKey(test);
  }

  @ParameterizedTest
  @ValueSource(strings = {"services", "fallback-identity"})
  void metadata_ofBuiltInPlugins_isNotForOthers(String key) throws Exception {
    assertThat(failures(Good.class, METADATA + key + "=x\n", true))
        .containsOnlyKeys("metadata_withOtherKeys_isMistyped");
  }

  @Test
  void plugin_withoutItsServiceFile_fails() throws Exception {
    assertThat(failures(Good.class, METADATA, false))
        .containsOnlyKeys("serviceFile_namesThePlugin");
  }

  /** The messages of the contract's tests that fail, by their names. */
  private Map<String, String> failures(Class<?> type, String metadata, boolean serviceFile)
      throws Exception {
    write("META-INF/atmos/plugin.properties", metadata + "class=" + type.getName() + "\n");
    if (serviceFile) {
      write("META-INF/services/" + Plugin.class.getName(), type.getName() + "\n");
    }
    Plugin plugin =
        (Plugin)
            new PluginLoader(directory)
                .loadClass(type.getName())
                .getDeclaredConstructor()
                .newInstance();
    PluginContract contract = new Contract(plugin);
    Map<String, String> failures = new TreeMap<>();
    for (Method test : PluginContract.class.getDeclaredMethods()) {
      if (test.isAnnotationPresent(Test.class)) {
        try {
          test.invoke(contract);
        } catch (InvocationTargetException e) {
          failures.put(test.getName(), String.valueOf(e.getCause()));
        }
      }
    }
    return failures;
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static final class Contract extends PluginContract {
    private final Plugin plugin;

    Contract(Plugin plugin) {
      this.plugin = plugin;
    }

    @Override
    protected Plugin plugin() {
      return plugin;
    }
  }

  /** Loads the plugins of this test again, with the resources of a directory. */
  private static final class PluginLoader extends ClassLoader {
    private final Path resources;

    PluginLoader(Path resources) {
      super(PluginContractTest.class.getClassLoader());
      this.resources = resources;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PluginContractTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = PluginContractTest.class.getResourceAsStream(file)) {
        if (known != null || in == null) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Path file = resources.resolve(name);
      return Files.exists(file)
          ? Collections.enumeration(List.of(file.toUri().toURL()))
          : Collections.emptyEnumeration();
    }
  }
}
