package dev.atmos.auth.command;

import dev.atmos.auth.env.ProfileFiles;
import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Sessions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth logout}: takes away what sign-ins have left, and says what that was. */
public final class LogoutCommand implements Callable<Integer> {
  private final AuthEngine engine;
  private final Services context;
  private final PositionalParamSpec word;
  private final OptionSpec identity;
  private final OptionSpec provider;
  private final OptionSpec all;
  private final OptionSpec dryRun;
  private final OutputOption output;

  private LogoutCommand(AuthEngine engine) {
    this.engine = engine;
    this.context = engine.services();
    word = AuthOptions.name(engine, "Whom to sign out of, as with --identity.");
    identity = AuthOptions.identity(engine, "Whom to sign out of.");
    provider =
        AuthOptions.provider(
            engine, "Sign out of this provider, and of all identities that go through it.");
    all =
        AuthOptions.flag(
            "--all", "Sign out of everything, also of what no configuration names any more.");
    dryRun = AuthOptions.flag("--dry-run", "Only say what would be done.");
    output = OutputOption.of("text", "json");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    LogoutCommand command = new LogoutCommand(engine);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.word);
    spec.addOption(command.identity).addOption(command.provider).addOption(command.all);
    spec.addOption(command.dryRun);
    command.output.addTo(spec);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth logout [NAME | --identity[=NAME] | --provider NAME | --all]",
            "                         [--dry-run] [options]")
        .description(
            "",
            "Remove what is kept of an identity: its credentials, and what its integrations have"
                + " set up. A sign-in that other identities share ends with --provider or --all,"
                + " which also tell the provider. One that was borrowed from the AWS CLI is"
                + " left to that.",
            "")
        .footer(
            "",
            "  atmos auth logout dev",
            "  atmos auth logout --provider corp",
            "  atmos auth logout --all --dry-run");
    return spec;
  }

  /** Something to do. */
  private record Step(String description, Runnable action) {}

  /** What became of it. */
  private record Done(String description, @Nullable AtmosException failure, boolean minor) {}

  @Override
  public Integer call() {
    boolean json = output.isJson();
    IdentitySelector selector = IdentitySelector.of(engine);
    LogoutScope scope = scope(selector);
    Sessions sessions = engine.sessions();
    List<String> identities = identities(selector, scope);
    List<Done> unplanned = new ArrayList<>();
    List<Step> before = integrations(identities, unplanned);
    LogoutPlan plan = sessions.plan(scope);
    List<Step> after = profiles(scope, identities);
    if (AuthOptions.isGiven(dryRun)) {
      List<String> lines = new ArrayList<>();
      before.forEach(step -> lines.add(step.description()));
      plan.steps().forEach(step -> lines.add(step.description()));
      after.forEach(step -> lines.add(step.description()));
      preview(lines, json);
      unplanned.forEach(done -> complain(done));
      return 0;
    }
    List<Done> done = new ArrayList<>(unplanned);
    for (Step step : before) {
      done.add(run(step));
    }
    for (LogoutOutcome outcome : sessions.logout(plan)) {
      done.add(
          new Done(
              outcome.step().description(),
              outcome.failure(),
              outcome.step() instanceof LogoutPlan.Revoke));
    }
    for (Step step : after) {
      done.add(run(step));
    }
    report(done, json);
    int code = 0;
    for (Done each : done) {
      AtmosException failure = each.failure();
      if (failure != null && !each.minor()) {
        code = ExitCode.FAILED.code();
      }
    }
    return code;
  }

  private LogoutScope scope(IdentitySelector selector) {
    String named = identity.getValue();
    String positional = word.getValue();
    String wantedProvider = provider.getValue();
    int selections = named == null && positional == null ? 0 : 1;
    selections += wantedProvider == null ? 0 : 1;
    selections += AuthOptions.isGiven(all) ? 1 : 0;
    if (selections > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          "a name, --provider and --all don't go together",
          "say in one way whom to sign out of");
    }
    if (AuthOptions.isGiven(all)) {
      return new LogoutScope.All();
    }
    return wantedProvider == null
        ? new LogoutScope.OfIdentity(selector.configured(named, positional, true))
        : new LogoutScope.OfProvider(selector.provider(wantedProvider));
  }

  /** Whose integrations are taken away. */
  private static List<String> identities(IdentitySelector selector, LogoutScope scope) {
    List<String> names = new ArrayList<>();
    switch (scope) {
      case LogoutScope.OfIdentity one -> names.add(one.identity());
      case LogoutScope.All ignored ->
          selector.graph().entries(AuthPart.IDENTITIES).forEach(each -> names.add(each.name()));
      case LogoutScope.OfProvider of -> {
        for (AuthEntry each : selector.graph().entries(AuthPart.IDENTITIES)) {
          List<AuthEntry> chain = selector.graph().chain(each).orElse(List.of(each));
          AuthEntry root = chain.get(0);
          if (root.part() == AuthPart.PROVIDERS && root.name().equals(of.provider())) {
            names.add(each.name());
          }
        }
      }
    }
    return names;
  }

  /** What can't be planned is no hindrance to the rest. */
  private List<Step> integrations(List<String> identities, List<Done> unplanned) {
    Integrations integrations = engine.integrations();
    List<Step> steps = new ArrayList<>();
    for (String name : identities) {
      for (ConfiguredIntegration integration : integrations.of(name)) {
        String what = "take away integration " + DisplayNames.quoted(integration.name());
        try {
          IntegrationPlan plan = integrations.open(integration).undo(name);
          if (!plan.changes().isEmpty()) {
            steps.add(new Step(String.join("; ", plan.changes()), plan::apply));
          }
        } catch (AtmosException e) {
          unplanned.add(
              new Done(what, e, e.exitCode() == ExitCode.PLUGIN || e.exitCode() == ExitCode.USAGE));
        }
      }
    }
    return steps;
  }

  private List<Step> profiles(LogoutScope scope, List<String> identities) {
    ProfileFiles files = new ProfileFiles(context);
    List<Path> directories = new ArrayList<>();
    if (scope instanceof LogoutScope.All) {
      directories.addAll(files.directories(null));
    } else {
      for (String name : identities) {
        directories.addAll(files.directories(name));
      }
    }
    List<Step> steps = new ArrayList<>();
    for (Path directory : directories) {
      steps.add(new Step("remove the AWS profile in " + directory, () -> files.remove(directory)));
    }
    return steps;
  }

  private static Done run(Step step) {
    try {
      step.action().run();
      return new Done(step.description(), null, false);
    } catch (AtmosException e) {
      return new Done(step.description(), e, false);
    }
  }

  private void preview(List<String> lines, boolean json) {
    if (json) {
      answer(true, lines.stream().map(line -> new Done(line, null, false)).toList());
      return;
    }
    for (String line : lines) {
      context.console().answer("would " + TerminalText.line(line) + "\n");
    }
    if (lines.isEmpty()) {
      context.console().say("there is nothing to remove");
    }
  }

  private void report(List<Done> done, boolean json) {
    if (json) {
      answer(false, done);
    }
    boolean any = false;
    for (Done each : done) {
      if (each.failure() != null) {
        complain(each);
      } else if (!json) {
        any = true;
        context.console().say("done: " + TerminalText.line(each.description()));
      }
    }
    if (!json && !any) {
      context.console().say("there was nothing to remove");
    }
    stillSet();
  }

  private void complain(Done done) {
    AtmosException failure = done.failure();
    if (failure != null) {
      EnsureSignedIn.warn(
          context,
          new AtmosException(
              failure.exitCode(),
              "couldn't " + done.description() + ": " + failure.sentence(),
              failure.hint().orElse(null),
              failure));
    }
  }

  /** Whoever goes on in this shell would be told of files that aren't there. */
  private void stillSet() {
    Optional<Path> directory = new ProfileFiles(context).directory();
    Optional<String> file = context.environment().nonEmpty("AWS_CONFIG_FILE");
    if (directory.isPresent()
        && file.isPresent()
        && file.get().startsWith(directory.get().toString())
        && !context.files().exists(directory.get().getFileSystem().getPath(file.get()))) {
      context
          .console()
          .say("this shell still names what was removed: eval \"$(atmos auth env --unset)\"");
    }
  }

  private void answer(boolean dry, List<Done> done) {
    List<Object> steps = new ArrayList<>();
    for (Done each : done) {
      Map<String, @Nullable Object> step = new LinkedHashMap<>();
      AtmosException failure = each.failure();
      step.put("step", each.description());
      step.put("problem", failure == null ? null : failure.sentence());
      steps.add(step);
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("dry_run", dry);
    tree.put("steps", steps);
    context.console().answer(context.service(DataFormats.class).json(tree));
  }
}
