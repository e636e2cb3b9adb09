package dev.atmos.auth.command;

import dev.atmos.auth.env.IntegrationReceipts;
import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.auth.RegistryLogins;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.SelectedIdentities;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth logout}: removes what sign-ins have left, and reports what that was. */
public final class LogoutCommand extends AuthCommand {
  private static final String NOTHING = "nothing to remove";

  private final CommandParameter word = word("The identity to sign out of, as with --identity.");
  private final CommandOption identity = identity("The identity to sign out of.");
  private final CommandOption provider =
      provider("Sign out of this provider, and of all identities that go through it.");
  private final CommandOption tags =
      tags("Sign out of all identities and providers with one of these tags.");
  private final CommandOption all =
      flag(
          "--all",
          "Sign out of everything, in all realms, also of what no configuration names any more.",
          "--all-realms");
  private final CommandOption keychain =
      flag(
          "--keychain", "Remove stored long-lived keys as well, which otherwise stay. Asks first.");
  private final CommandOption force = flag("--force", "Ask nothing.");
  private final CommandOption dryRun = flag("--dry-run", "Only print what would be done.");
  private final OutputOption output = output(OutputOption.of("text", "json"));

  /** The command over this engine. */
  public LogoutCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos auth logout [NAME | --identity[=NAME] | --provider NAME |",
        "                         --tags TAG,... | --all] [--keychain] [--dry-run] [options]");
    syntax.description(
        "Remove what is kept of an identity: its credentials, and what its integrations have set"
            + " up. A sign-in that other identities share ends with --provider or --all, which also"
            + " notify the provider. A sign-in that was borrowed from the AWS CLI is left to the"
            + " AWS CLI.",
        "What stays is said: a shared sign-in, and long-lived keys that atmos stores. The files"
            + " with profiles for the AWS tools stay, too; they hold no secret.");
    syntax.examples(
        "  atmos auth logout dev",
        "  atmos auth logout --tags prod",
        "  atmos auth logout --provider corp",
        "  atmos auth logout --all --dry-run");
  }

  /**
   * Something to do.
   *
   * @param changes what that changes, for people
   */
  private record Step(List<String> changes, Runnable action) {
    Done done(@Nullable AtmosException failure) {
      return new Done(changes, String.join("; ", changes), failure, false);
    }
  }

  /**
   * A step that was done, or has failed.
   *
   * @param summary the description in words that the user knows, in one or more lines
   * @param minor whether the command succeeds in spite of the failure
   */
  private record Done(
      List<String> summary, String description, @Nullable AtmosException failure, boolean minor) {

    /** A step of the engine. */
    static Done of(LogoutPlan.Step step, @Nullable AtmosException failure) {
      boolean revocation = failure != null && step instanceof LogoutPlan.Revoke;
      return new Done(List.of(step.summary()), step.description(), failure, revocation);
    }
  }

  @Override
  public int run() {
    boolean json = output.isJson();
    EntrySelector selector = EntrySelector.of(engine);
    LogoutScope scope = scope(selector);
    List<Done> done = new ArrayList<>();
    List<String> identities = identities(selector, scope, done);
    List<Step> before = integrations(identities, done);
    registries(identities, before, done);
    LogoutPlan plan = engine.sessions().plan(scope, keychain.isGiven());
    List<String> kept = new ArrayList<>(plan.kept());
    if (all.isGiven()) {
      goneIdentities(before, kept, done);
    }
    if (dryRun.isGiven()) {
      List<Done> steps = new ArrayList<>();
      before.forEach(step -> steps.add(step.done(null)));
      plan.steps().forEach(step -> steps.add(Done.of(step, null)));
      preview(steps, kept, json);
      done.forEach(this::warn);
      return 0;
    }
    confirm(plan);
    before.forEach(step -> done.add(run(step)));
    for (LogoutOutcome outcome : engine.sessions().logout(plan)) {
      done.add(Done.of(outcome.step(), outcome.failure()));
    }
    IntegrationReceipts receipts = new IntegrationReceipts(services);
    identities.forEach(receipts::remove);
    report(done, kept, json);
    services.audit().ifPresent(audit -> audit.record(scope.event()));
    boolean failed = done.stream().anyMatch(each -> each.failure() != null && !each.minor());
    return failed ? ExitCode.FAILED.code() : 0;
  }

  private LogoutScope scope(EntrySelector selector) {
    String named = identity.value();
    String positional = word.value();
    String wantedProvider = provider.value();
    String wantedTags = tags.value();
    requireOne(
        "a name, --provider, --tags and --all don't go together",
        named != null || positional != null,
        wantedProvider != null,
        wantedTags != null,
        all.isGiven());
    if (all.isGiven()) {
      return new LogoutScope.All();
    }
    if (wantedTags != null) {
      return tagged(selector.graph(), EntrySelector.tags(wantedTags));
    }
    return wantedProvider == null
        ? new LogoutScope.OfIdentity(selector.configured(named, positional, true))
        : new LogoutScope.OfProvider(selector.provider(wantedProvider));
  }

  private static LogoutScope tagged(AuthGraph graph, List<String> wanted) {
    List<AuthEntry> tagged =
        Stream.of(AuthPart.IDENTITIES, AuthPart.PROVIDERS)
            .flatMap(part -> graph.entries(part).stream())
            .filter(entry -> EntrySelector.hasTag(entry, wanted))
            .toList();
    if (tagged.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "no identity or provider has the tag " + DisplayNames.alternatives(wanted),
          "see: atmos auth list");
    }
    return new LogoutScope.OfTags(
        names(tagged, AuthPart.IDENTITIES), names(tagged, AuthPart.PROVIDERS));
  }

  private static List<String> names(List<AuthEntry> entries, AuthPart part) {
    return EntrySelector.names(entries.stream().filter(entry -> entry.part() == part).toList());
  }

  /** Long-lived keys can't be made again from anything else. */
  private void confirm(LogoutPlan plan) {
    List<String> keys =
        plan.steps().stream()
            .filter(step ->
                step instanceof LogoutPlan.Remove remove
                    && remove.item() instanceof StoredItem.SignIn signIn
                    && signIn.isLongLived())
            .map(LogoutPlan.Step::description)
            .toList();
    if (keys.isEmpty() || force.isGiven()) {
      return;
    }
    if (!TerminalMode.of(services).asks()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--keychain removes long-lived keys, and can't ask without a terminal",
          "add --force to remove them");
    }
    keys.forEach(key -> say(TerminalText.line("This would " + key)));
    services.terminal().show("Remove what can't be brought back? [y/N] ");
    String answer = services.terminal().readLine().orElse("").strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new AtmosException(ExitCode.FAILED, "nothing was removed");
    }
  }

  /** The identities whose integrations are undone. */
  private static List<String> identities(
      EntrySelector selector, LogoutScope scope, List<Done> failed) {
    return switch (scope) {
      case LogoutScope.OfIdentity one -> List.of(one.identity());
      case LogoutScope.OfKey one -> List.of(one.identity());
      case LogoutScope.All _ -> all(selector, failed);
      case LogoutScope.OfProvider of -> behind(selector, List.of(of.provider()));
      case LogoutScope.OfTags tags -> {
        Set<String> names = new LinkedHashSet<>(tags.identities());
        names.addAll(behind(selector, tags.providers()));
        yield List.copyOf(names);
      }
    };
  }

  /** All of them; a configuration that can't be read doesn't stop the rest. */
  private static List<String> all(EntrySelector selector, List<Done> failed) {
    try {
      return EntrySelector.names(selector.identities());
    } catch (AtmosException e) {
      failed.add(failed("undo what integrations have set up", e, false));
      return List.of();
    }
  }

  private static List<String> behind(EntrySelector selector, List<String> providers) {
    return EntrySelector.names(
        selector.identities().stream()
            .filter(each -> providers.stream().anyMatch(name -> goesThrough(selector, each, name)))
            .toList());
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
          step(integrations.open(integration).undo(name), steps);
        } catch (AtmosException e) {
          failed.add(
              failed(
                  "undo integration " + DisplayNames.quoted(integration.name()),
                  e,
                  e.exitCode() == ExitCode.PLUGIN || e.exitCode() == ExitCode.USAGE));
        }
      }
    }
    return steps;
  }

  /** What docker has of the identities; of all, that of former ones too. */
  private void registries(List<String> identities, List<Step> steps, List<Done> failed) {
    try {
      RegistryLogins logins = services.service(RegistryLogins.class);
      List<IntegrationPlan> plans =
          all.isGiven()
              ? List.of(logins.removal(null))
              : identities.stream().map(logins::removal).toList();
      plans.forEach(plan -> step(plan, steps));
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.PLUGIN) {
        failed.add(failed("sign docker out", e, false));
      }
    }
  }

  private static void step(IntegrationPlan plan, List<Step> steps) {
    if (!plan.changes().isEmpty()) {
      steps.add(new Step(plan.changes(), plan::apply));
    }
  }

  /** The contexts in the usual kubeconfig whose identity the configuration has no more. */
  private void goneIdentities(List<Step> steps, List<String> kept, List<Done> failed) {
    try {
      SelectedIdentities configured = SelectedIdentities.of(services).orElse(null);
      KubeconfigEditor kubeconfigs = services.service(KubeconfigEditor.class);
      KubeconfigChange change =
          KubeconfigChange.removing(KubeconfigTarget.standard(), List.of()).without(configured);
      KubeconfigPlan plan = kubeconfigs.plan(change);
      if (!plan.isEmpty()) {
        steps.add(new Step(plan.lines(), () -> kubeconfigs.apply(change)));
      }
      kept.addAll(plan.warnings());
    } catch (AtmosException e) {
      // No home directory, and so no kubeconfig; or none of the plugins edits any.
      boolean minor = e.exitCode() == ExitCode.USAGE || e.exitCode() == ExitCode.PLUGIN;
      if (!minor) {
        failed.add(failed("undo what integrations of former identities have set up", e, false));
      }
    }
  }

  private static Done run(Step step) {
    try {
      step.action().run();
      return step.done(null);
    } catch (AtmosException e) {
      return step.done(e);
    }
  }

  private static Done failed(String description, AtmosException failure, boolean minor) {
    return new Done(List.of(description), description, failure, minor);
  }

  /** A line for each thing that the user knows; a log has the places as well. */
  private List<String> summaries(List<Done> steps) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Done step : steps) {
      step.summary().forEach(line -> counts.merge(line, 1, Integer::sum));
      if (step.summary().size() == 1 && !step.summary().contains(step.description())) {
        services.console().debug(step.description());
      }
    }
    return counts.entrySet().stream()
        .map(each -> each.getKey() + (each.getValue() == 1 ? "" : " (" + each.getValue() + ")"))
        .map(TerminalText::line)
        .toList();
  }

  private void preview(List<Done> steps, List<String> kept, boolean json) {
    if (json) {
      answerJson(tree(true, steps, kept));
      return;
    }
    for (String step : summaries(steps)) {
      services.console().answer("would " + step + "\n");
    }
    if (steps.isEmpty()) {
      say(NOTHING);
    }
    kept.forEach(sentence -> say(TerminalText.line(sentence)));
  }

  private void report(List<Done> done, List<String> kept, boolean json) {
    if (json) {
      answerJson(tree(false, done, kept));
    } else if (done.isEmpty()) {
      say(NOTHING);
    }
    done.forEach(this::warn);
    if (!json) {
      summaries(done.stream().filter(each -> each.failure() == null).toList())
          .forEach(step -> say("done: " + step));
      kept.forEach(sentence -> say(TerminalText.line(sentence)));
    }
  }

  private static Map<String, Object> tree(boolean dry, List<Done> done, List<String> kept) {
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
    tree.put("kept", kept);
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
}
