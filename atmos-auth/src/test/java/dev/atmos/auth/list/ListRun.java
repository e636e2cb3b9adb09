package dev.atmos.auth.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.FakeDataFormats;
import dev.atmos.services.testing.YamlConfig;
import dev.atmos.auth.command.ListCommand;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs of {@code atmos auth list}, over a configuration in which any {@code !exec} fails. */
final class ListRun {
  private final FakeDataFormats data = new FakeDataFormats();
  private final FakeServices context;

  private ListRun(FakeServices context) {
    this.context = context;
    context
        .withService(DataFormats.class, data)
        .withService(
            IdentityTypes.class,
            new IdentityTypes() {
              @Override
              public Optional<IdentityType> find(String kind) {
                throw new AssertionError("loaded the plugin of " + kind);
              }

              @Override
              public List<String> kinds() {
                return List.of("aws/user", "guest/thing");
              }
            });
  }

  /** Over that text of an {@code atmos.yaml}. */
  static ListRun over(String yaml) {
    return new ListRun(new FakeServices().withConfig(YamlConfig.root(yaml)));
  }

  /** Over no configuration at all. */
  static ListRun overNothing() {
    return new ListRun(new FakeServices());
  }

  /** Over a configuration with a bit of everything. */
  static ListRun overRich() {
    return over(resource("rich.yaml"));
  }

  static String resource(String name) {
    try (InputStream in = ListRun.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the command with these words, and succeeds. */
  ListRun with(String... words) {
    CommandLine commandLine = new CommandLine(ListCommand.spec(context));
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
    commandLine.parseArgs(words);
    ListCommand command = (ListCommand) commandLine.getCommandSpec().userObject();
    assertThat(command.call()).isZero();
    return this;
  }

  /** What a run with these words fails with: sentence and hint. */
  String failure(String... words) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> with(words));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer()).isEmpty();
    return failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
  }

  String answer() {
    return context.console().answered();
  }

  String said() {
    return context.console().said();
  }

  /** The keys of the JSON that was written last. */
  List<String> parts() {
    return List.copyOf(tree().keySet());
  }

  /** A part of the JSON that was written last, by name; empty if it isn't there. */
  Map<String, Map<String, @Nullable Object>> part(String key) {
    Map<String, Map<String, @Nullable Object>> part = tree().get(key);
    return part == null ? Map.of() : part;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Map<String, Map<String, @Nullable Object>>> tree() {
    Object tree = data.asJson();
    assertThat(tree).isNotNull();
    return (Map<String, Map<String, Map<String, @Nullable Object>>>) tree;
  }

  FakeDataFormats data() {
    return data;
  }
}
