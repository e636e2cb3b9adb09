package dev.atmos.auth.command;

import dev.atmos.auth.env.ProfileFiles;
import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth logout}: removes what sign-ins have left, and reports what that was. */
public final class LogoutCommand extends AuthCommand {
  private static final String NOTHING = "nothing to remove";

  private final PositionalParamSpec word = word("The identity to sign out of, as with --identity.");
  private final OptionSpec identity = identity("The identity to sign out of.");
  private final OptionSpec provider =
      provider("Sign out of this provider, and of all identities that go through it.");
  private final OptionSpec all =
      flag("--all", "Sign out of everything, also of what no configuration names any more.");
  private final OptionSpec dryRun = flag("--dry-run", "Only print what would be done.");
  private final OutputOption output = output(OutputOption.of("text", "json"));

  private LogoutCommand(AuthEngine engine) {
    super(engine);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth logout [NAME | --identity[=NAME] | --provider NAME | --all]",
            "                         [--dry-run] [options]");
    description(
        "Remove what is kept of an identity: its credentials, and what its integrations have set"
            + " up. A sign-in that other identities share ends with --provider or --all, which also"
            + " notify the provider. A sign-in that was borrowed from the AWS CLI is left to the"
            + " AWS CLI.");
    examples(
        "  atmos auth logout dev",
        "  atmos auth logout --provider corp",
        "  atmos auth logout --all --dry-run");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    return new LogoutCommand(engine).spec;
  }

  /** Something to do. */
  private record Step(String description, Runnable action) {}

  /**
   * A step that was done, or has failed.
   *
   * @param minor whether the command succeeds in spite of the failure
   */
  private record Done(String description, @Nullable AtmosException failure, boolean minor) {}

  @Override
  public Integer call() {
    boolean json = output.isJson();
    EntrySelector selector = EntrySelector.of(engine);
    LogoutScope scope = scope(selector);
    List<String> identities = identities(selector, scope);
    List<Done> done = new ArrayList<>();
    List<Step> before = integrations(identities, done);
    LogoutPlan plan = engine.sessions().plan(scope);
    List<Step> after = profiles(scope, identities);
    if (isGiven(dryRun)) {
      List<String> steps = new ArrayList<>();
      before.forEach(step -> steps.add(step.description()));
      plan.steps().forEach(step -> steps.add(step.description()));
      after.forEach(step -> steps.add(step.description()));
      preview(steps, json);
      done.forEach(this::warn);
      return 0;
    }
    before.forEach(step -> done.add(run(step)));
    for (LogoutOutcome outcome : engine.sessions().logout(plan)) {
      boolean revocation = outcome.step() instanceof LogoutPlan.Revoke;
      done.add(new Done(outcome.step().description(), outcome.failure(), revocation));
    }
    after.forEach(step -> done.add(run(step)));
    report(done, json);
    AuditEvent event = event(scope);
    services.audit().ifPresent(audit -> audit.record(event));
    boolean failed = done.stream().anyMatch(each -> each.failure() != null && !each.minor());
    return failed ? ExitCode.FAILED.code() : 0;
  }

  private LogoutScope scope(EntrySelector selector) {
    String named = value(identity);
    String positional = value(word);
    String wantedProvider = value(provider);
    requireOne(
        "a name, --provider and --all don't go together",
        named != null || positional != null,
        wantedProvider != null,
        isGiven(all));
    if (isGiven(all)) {
      return new LogoutScope.All();
    }
    return wantedProvider == null
        ? new LogoutScope.OfIdentity(selector.configured(named, positional, true))
        : new LogoutScope.OfProvider(selector.provider(wantedProvider));
  }

  private static AuditEvent event(LogoutScope scope) {
    AuditEvent event = AuditEvent.of("logout");
    return switch (scope) {
      case LogoutScope.OfIdentity one -> event.with("identity", one.identity());
      case LogoutScope.OfProvider of -> event.with("provider", of.provider());
      case LogoutScope.All _ -> event;
    };
  }

  /** The identities whose integrations are undone. */
  private static List<String> identities(EntrySelector selector, LogoutScope scope) {
    return switch (scope) {
      case LogoutScope.OfIdentity one -> List.of(one.identity());
      case LogoutScope.All _ -> EntrySelector.names(selector.identities());
      case LogoutScope.OfProvider of ->
          EntrySelector.names(
              selector.identities().stream()
                  .filter(each -> goesThrough(selector, each, of.provider()))
                  .toList());
    };
  }

  private static boolean goesThrough(EntrySelector selector, AuthEntry identity, String provider) {
    AuthEntry root = selector.graph().chain(identity).orElse(List.of(identity)).getFirst();
    return root.part() == AuthPart.PROVIDERS && root.name().equals(provider);
  }

  /** The steps that undo integrations. One that can't be planned doesn't stop the rest. */
  private List<Step> integrations(List<String> identities, List<Done> failed) {
    Integrations integrations = engine.integrations();
    List<Step> steps = new ArrayList<>();
    for (String name : identities) {
      for (ConfiguredIntegration integration : integrations.of(name)) {
        try {
          IntegrationPlan plan = integrations.open(integration).undo(name);
          if (!plan.changes().isEmpty()) {
            steps.add(new Step(String.join("; ", plan.changes()), plan::apply));
          }
        } catch (AtmosException e) {
          failed.add(
              new Done(
                  "undo integration " + DisplayNames.quoted(integration.name()),
                  e,
                  e.exitCode() == ExitCode.PLUGIN || e.exitCode() == ExitCode.USAGE));
        }
      }
    }
    return steps;
  }

  private List<Step> profiles(LogoutScope scope, List<String> identities) {
    ProfileFiles files = new ProfileFiles(services);
    List<Path> directories = new ArrayList<>();
    if (scope instanceof LogoutScope.All) {
      directories.addAll(files.directories(null));
    } else {
      identities.forEach(name -> directories.addAll(files.directories(name)));
    }
    return directories.stream()
        .map(each -> new Step("remove the AWS profile in " + each, () -> files.remove(each)))
        .toList();
  }

  private static Done run(Step step) {
    try {
      step.action().run();
      return new Done(step.description(), null, false);
    } catch (AtmosException e) {
      return new Done(step.description(), e, false);
    }
  }

  private void preview(List<String> steps, boolean json) {
    if (json) {
      answerJson(tree(true, steps.stream().map(step -> new Done(step, null, false)).toList()));
      return;
    }
    for (String step : steps) {
      services.console().answer("would " + TerminalText.line(step) + "\n");
    }
    if (steps.isEmpty()) {
      say(NOTHING);
    }
  }

  private void report(List<Done> done, boolean json) {
    if (json) {
      answerJson(tree(false, done));
    } else if (done.isEmpty()) {
      say(NOTHING);
    }
    for (Done each : done) {
      if (each.failure() != null) {
        warn(each);
      } else if (!json) {
        say("done: " + TerminalText.line(each.description()));
      }
    }
    warnOfRemovedFile();
  }

  private static Map<String, Object> tree(boolean dry, List<Done> done) {
    List<Object> steps = new ArrayList<>();
    for (Done each : done) {
      Map<String, @Nullable Object> step = new LinkedHashMap<>();
      step.put("step", each.description());
      step.put("problem", each.failure() == null ? null : each.failure().sentence());
      steps.add(step);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("dry_run", dry);
    tree.put("steps", steps);
    return tree;
  }

  private void warn(Done done) {
    AtmosException failure = done.failure();
    if (failure != null) {
      EnsureSignedIn.warn(
          services,
          new AtmosException(
              failure.exitCode(),
              "couldn't " + done.description() + ": " + failure.sentence(),
              failure.hint().orElse(null),
              failure));
    }
  }

  /** The AWS tools fail in a shell whose variables name a file that was removed. */
  private void warnOfRemovedFile() {
    Optional<Path> directory = new ProfileFiles(services).directory();
    Optional<String> file = services.environment().nonEmpty("AWS_CONFIG_FILE");
    if (directory.isPresent()
        && file.isPresent()
        && file.get().startsWith(directory.get().toString())
        && !services.files().exists(directory.get().resolve(file.get()))) {
      say("this shell still names what was removed: eval \"$(atmos auth env --unset)\"");
    }
  }
}
