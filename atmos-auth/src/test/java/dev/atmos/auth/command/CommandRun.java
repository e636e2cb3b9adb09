package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.FakeDataFormats;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.FakeAuthEngine;
import dev.atmos.auth.session.FakeSessions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A run of one of these commands, over sessions that a test makes up. */
final class CommandRun {
  static final String TWO =
      """
      auth:
        realm: corp
        providers:
          corp: {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            default: true
            alias: d
            tags: [prod, eu]
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
            env: {STAGE: "dev's $stage"}
          ops/eu west:
            kind: aws/assume-role
            tags: [prod]
            via: {identity: dev}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Ops", region: eu-west-1}
          here: {kind: aws/ambient}
          base:
            kind: aws/assume-role
            via: {identity: here}
            principal: {assume_role: "arn:aws:iam::333333333333:role/Base"}
      """;

  final FakeServices context;
  final FakeSessions sessions;
  final FakeIntegrations integrations;
  private final AuthEngine engine;
  int exitCode = -1;

  private CommandRun(FakeServices services) {
    context = AuthTestContext.addBuiltInKinds(services);
    sessions = new FakeSessions(context);
    integrations = new FakeIntegrations(context);
    engine = new FakeAuthEngine(context, sessions, integrations);
    String launcher =
        context.directories().isWindows() ? "C:\\my tools\\atmos.bat" : "/opt/my tools/atmos";
    context
        .withService(DataFormats.class, new FakeDataFormats())
        .withLauncher(() -> launcher)
        .withConfigSelection(
            () -> Map.of("ATMOS_CONFIG", "/project/atmos.yaml", "ATMOS_PROFILE", ""))
        .withService(
            CallerIdentity.Source.class,
            (identity, credentials, region) ->
                new CallerIdentity(
                    "111111111111", "arn:aws:sts::111111111111:assumed-role/Admin/me"));
  }

  /** On a Unix file system, over {@link #TWO}. */
  static CommandRun unix() {
    return over(TWO);
  }

  /** On a Unix file system, over that text. */
  static CommandRun over(String yaml) {
    return new CommandRun(new FakeServices().withConfig(YamlConfig.root(yaml)));
  }

  /** On a Windows file system, over {@link #TWO}. */
  static CommandRun windows() {
    return new CommandRun(new FakeServices(FakeFiles.windows()).withConfig(YamlConfig.root(TWO)));
  }

  /** Without any configuration. */
  static CommandRun overNothing() {
    return new CommandRun(new FakeServices());
  }

  CommandRun env(String name, String value) {
    context.environment().set(name, value);
    return this;
  }

  /** A user sits at a terminal that can do everything. */
  CommandRun atTerminal() {
    context.terminal().type();
    return env("TERM", "xterm");
  }

  /** A user watches, and can't type. */
  CommandRun watched() {
    context.terminal().watch();
    return env("TERM", "xterm");
  }

  CommandRun live(String identity) {
    sessions.live(identity);
    return this;
  }

  CommandRun program(String name, String place) {
    context
        .processes()
        .program(
            name,
            context.directories().path(place),
            program -> {
              throw new UnsupportedOperationException();
            });
    return this;
  }

  CommandRun run(Function<AuthEngine, AuthCommand> factory, String... words) {
    AuthCommand command = factory.apply(engine);
    try {
      exitCode =
          command.syntax().read(words)
              ? command.run()
              : (Integer) parsed(command.spec(), words).call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    noSecretIsSaid();
    return this;
  }

  private static Callable<?> parsed(CommandSpec spec, String... words) {
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
    commandLine.parseArgs(words);
    return (Callable<?>) spec.userObject();
  }

  /** Exit code, sentence and hint of what a run fails with. */
  String failure(Function<AuthEngine, AuthCommand> factory, String... words) {
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> run(factory, words));
    assertThat(failure).isNotNull();
    assertThat(answered()).isEmpty();
    noSecretIsSaid();
    return failure.exitCode()
        + " "
        + failure.sentence()
        + failure.hint().map(hint -> " | " + hint).orElse("");
  }

  private void noSecretIsSaid() {
    assertThat(said() + context.console().debugged() + context.terminal().shown())
        .doesNotContain(FakeSessions.SECRET, FakeSessions.TOKEN);
  }

  String answered() {
    return context.console().answered();
  }

  String said() {
    return context.console().said();
  }

  Path path(String path) {
    return context.directories().path(path);
  }

  String content(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
