package dev.atmos.auth.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.FakeDataFormats;
import dev.atmos.auth.command.ListCommand;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs of {@code atmos auth list}, over a configuration in which any {@code !exec} fails. */
public final class ListRun {
  private final FakeDataFormats data = new FakeDataFormats();
  private final FakeServices services;

  private ListRun(FakeServices services) {
    this.services = services.withService(DataFormats.class, data);
  }

  /** Over these services. */
  public static ListRun over(FakeServices services) {
    return new ListRun(services);
  }

  /** Over that text of an {@code atmos.yaml}. */
  public static ListRun over(String yaml) {
    return over(
        AuthTestContext.addBuiltInKinds(new FakeServices().withConfig(YamlConfig.root(yaml))));
  }

  /** Over no configuration at all. */
  public static ListRun overNothing() {
    return over(AuthTestContext.addBuiltInKinds(new FakeServices()));
  }

  /** Over a configuration with a bit of everything. */
  public static ListRun overRich() {
    return over(resource("rich.yaml"));
  }

  public static String resource(String name) {
    try (InputStream in = ListRun.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the command with these words, and succeeds. */
  public ListRun with(String... words) {
    ListCommand command = new ListCommand(new AuthEngine(services));
    if (!command.syntax().read(words)) {
      CommandLine commandLine = new CommandLine(command.spec());
      commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
      commandLine.parseArgs(words);
    }
    assertThat(command.run()).isZero();
    return this;
  }

  /** What a run with these words fails with: sentence and hint. */
  public String failure(String... words) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> with(words));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer()).isEmpty();
    return failure.sentence() + failure.hint().map(hint -> " | " + hint).orElse("");
  }

  public String answer() {
    return services.console().answered();
  }

  public String said() {
    return services.console().said();
  }

  /** The keys of the JSON that was written last. */
  public List<String> parts() {
    return List.copyOf(tree().keySet());
  }

  /** A part of the JSON that was written last, by name; empty if it isn't there. */
  public Map<String, Map<String, @Nullable Object>> part(String key) {
    Map<String, Map<String, @Nullable Object>> part = tree().get(key);
    return part == null ? Map.of() : part;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Map<String, Map<String, @Nullable Object>>> tree() {
    Object tree = data.asJson();
    assertThat(tree).isNotNull();
    return (Map<String, Map<String, Map<String, @Nullable Object>>>) tree;
  }

  public FakeDataFormats data() {
    return data;
  }
}
