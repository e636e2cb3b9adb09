package dev.atmos.auth.command;

import dev.atmos.auth.command.SeveralSignIns.Result;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.Sessions.ProviderSession;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.StatusText;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth login}: signs in, and sets up what a sign-in sets up. */
public final class LoginCommand extends AuthCommand {
  private final CommandParameter word = word("The identity to sign in to, as with --identity.");
  private final CommandOption identity = identity("The identity to sign in to.");
  private final CommandOption provider = provider("Sign in to this provider, and to no identity.");
  private final CommandOption tags =
      tags("The identity with one of these tags; of several, pick one, or take --all.");
  private final CommandOption all = flag("--all", "All identities, or all of --tags.");
  private final CommandOption noBrowser =
      flag(
          "--no-browser", "Don't open a browser; print the URL and wait, even without a terminal.");
  private final CommandOption device =
      flag(
          "--device",
          "Sign in with a code that works in a browser on any machine, such as your phone's.",
          "--use-device-code");
  private final CommandOption force =
      flag("--force", "Sign in again even if the current session is still valid.");
  private final CommandOption refresh =
      flag("--refresh", "List again what the providers offer, even if the last list is new.");
  private final Set<String> providers = new LinkedHashSet<>();
  private final OutputOption output =
      output(
          OutputOption.of("text", "json")
              .describedAs("text (on standard error) or json (on standard output)."));

  /** The command over this engine. */
  public LoginCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos auth login [NAME | --identity[=NAME] | --provider NAME |",
        "                        [--tags TAG,...] [--all]] [--no-browser] [options]");
    syntax.description(
        "Sign in to an identity. Where that takes a browser, it is opened; where this machine has"
            + " none, an address and a code are shown for a browser anywhere. Identities that share"
            + " a provider share the sign-in: one a day is enough for all of them.",
        "Afterwards the identity's integrations are set up, such as the entries of its clusters in"
            + " the kubeconfig. What goes wrong there is a warning. Then the identities are listed"
            + " that a provider with auto_provision_identities offers, once an hour at most.");
    syntax.examples(
        "  atmos auth login                  the default identity, or the only one",
        "  atmos auth login dev              the identity dev",
        "  atmos auth login --identity       pick one from a list",
        "  atmos auth login --tags prod --all",
        "  atmos auth login --device         with a code, for a browser on another machine");
  }

  @Override
  public int run() {
    int exit = signIn();
    boolean all = refresh.isGiven() || force.isGiven();
    providers.forEach(each -> engine.sessions().listIdentities(each, all));
    return exit;
  }

  private int signIn() {
    boolean json = output.isJson();
    String named = identity.value();
    String positional = word.value();
    String wantedProvider = provider.value();
    String wantedTags = tags.value();
    requireOne(
        "a name, --provider, and --tags or --all don't go together",
        named != null || positional != null,
        wantedProvider != null,
        wantedTags != null || all.isGiven());
    EntrySelector selector = EntrySelector.of(engine);
    // What is left out is known once the section was read.
    boolean configured = selector.graph().section() != null;
    for (ConfigProblem problem :
        configured ? services.trust().leftOut() : List.<ConfigProblem>of()) {
      String place = problem.position() == null ? "" : problem.position() + ": ";
      say(TerminalText.line(place + problem.sentence()));
    }
    warnOfUnlinked(selector);
    if (wantedProvider != null) {
      return provider(selector.provider(wantedProvider), json);
    }
    if (all.isGiven()) {
      return several(selector, selector.tagged(wantedTags), json);
    }
    if (wantedTags != null) {
      return one(oneOf(selector, selector.tagged(wantedTags)), json);
    }
    if (named == null
        && positional == null
        && selector.identities().isEmpty()
        && !selector.graph().entries(AuthPart.PROVIDERS).isEmpty()) {
      return provider(selector.anyProvider(), json);
    }
    if (positional != null && selector.isProviderOnly(positional)) {
      return provider(selector.provider(positional), json);
    }
    Optional<String> name = selector.identity(named, positional, true);
    return name.isPresent() ? one(name.get(), json) : environment(selector, json);
  }

  /** An integration without an identity is set up with no sign-in. */
  private void warnOfUnlinked(EntrySelector selector) {
    for (AuthEntry integration : selector.graph().entries(AuthPart.INTEGRATIONS)) {
      integration
          .unlinked()
          .ifPresent(problem -> {
            String place = problem.position() == null ? "" : problem.position() + ": ";
            String hint = problem.hint() == null ? "" : "; " + problem.hint();
            say(TerminalText.line("atmos: warning: " + place + problem.sentence() + hint));
          });
    }
  }

  private String oneOf(EntrySelector selector, List<AuthEntry> tagged) {
    if (tagged.size() == 1) {
      return tagged.getFirst().name();
    }
    if (TerminalMode.of(services).asks()) {
      return selector.pick(tagged);
    }
    throw new AtmosException(
        ExitCode.USAGE,
        "several identities have one of these tags: "
            + DisplayNames.list(EntrySelector.names(tagged)),
        "say which: --identity NAME; or sign in to all of them: --all");
  }

  private SignInOptions signInOptions() {
    return new SignInOptions(
        new TerminalDialog(services, !noBrowser.isGiven(), device.isGiven()), force.isGiven());
  }

  // ---- one identity

  private int one(String name, boolean json) {
    Map<String, @Nullable Object> result = signIn(name, json);
    if (json) {
      answerJson(result);
    }
    return 0;
  }

  /** Without identities: where a profile of the AWS tools needs a code or a browser. */
  private int environment(EntrySelector selector, boolean json) {
    Session session =
        engine.sessions().signInToEnvironment(signInOptions()).orElseThrow(selector::none);
    if (json) {
      answerJson(tree(session, List.of()));
    } else {
      say(session);
    }
    return 0;
  }

  private Map<String, @Nullable Object> signIn(String name, boolean json) {
    Session session = engine.sessions().signIn(name, signInOptions());
    remember(session);
    List<IntegrationOutcome> outcomes = EnsureSignedIn.integrations(engine, name);
    if (!json) {
      say(session);
    }
    return tree(session, outcomes);
  }

  /** Remembers whose identities to list in the end. */
  private void remember(Session session) {
    if (session.provider() != null) {
      providers.add(session.provider());
    }
  }

  private void say(Session session) {
    String signedIn =
        switch (session.origin()) {
          case CACHED -> "Signed in already: ";
          case RENEWED -> "Signed in, renewed without a prompt: ";
          case SIGNED_IN -> "Signed in: ";
        };
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put("provider", session.provider());
    facts.put("account", session.description().account().orElse(null));
    facts.put("as", session.description().principal().orElse(null));
    facts.put("region", session.region().orElse(null));
    String signIn = signIn(engine.sessions().status(false).identity(session.identity()));
    facts.put("session", signIn);
    if (signIn == null) {
      facts.put("expires", HumanTime.until(session.grant().expiresAt(), services));
    }
    boolean named = !session.identity().isEmpty();
    say(
        signedIn
            + (named ? TerminalText.line(session.identity()) : "the environment's credentials"));
    HumanTime.facts(facts).lines().forEach(fact -> say("  " + fact));
  }

  /** How long a sign-in lasts; null where that is as long as the credentials, or isn't known. */
  private @Nullable String signIn(EntryStatus status) {
    return switch (status.state()) {
      case SIGNED_IN, RENEWS -> new StatusText(services).signIn(status);
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> tree(
      Session session, List<IntegrationOutcome> outcomes) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("identity", session.identity().isEmpty() ? null : session.identity());
    tree.put("provider", session.provider());
    tree.put("account", session.description().account().orElse(null));
    tree.put("principal", session.description().principal().orElse(null));
    tree.put("region", session.region().orElse(null));
    tree.put("expiration", HumanTime.seconds(session.grant().expiresAt()));
    tree.put("signed_in", session.origin() == Session.Origin.SIGNED_IN);
    List<Object> integrations = new ArrayList<>();
    for (IntegrationOutcome outcome : outcomes) {
      Map<String, @Nullable Object> integration = new LinkedHashMap<>();
      IntegrationResult result = outcome.result();
      AtmosException failure = outcome.failure();
      integration.put("name", outcome.integration());
      integration.put("done", result == null ? List.of() : result.done());
      integration.put("problem", failure == null ? null : failure.sentence());
      integrations.add(integration);
    }
    tree.put("integrations", integrations);
    return tree;
  }

  // ---- several identities

  /** An identity that fails doesn't stop the others; the first failure decides the exit code. */
  private int several(EntrySelector selector, List<AuthEntry> identities, boolean json) {
    if (identities.size() == 1) {
      return one(identities.getFirst().name(), json);
    }
    Map<String, Result> results =
        new SeveralSignIns(engine.sessions(), selector.graph(), signInOptions())
            .results(identities);
    List<Object> trees = new ArrayList<>();
    Map<String, @Nullable String> summary = new LinkedHashMap<>();
    AtmosException first = null;
    int signedIn = 0;
    for (Map.Entry<String, Result> each : results.entrySet()) {
      Session session = each.getValue().session();
      AtmosException failure = each.getValue().failure();
      if (session != null) {
        signedIn++;
        remember(session);
        trees.add(tree(session, EnsureSignedIn.integrations(engine, each.getKey())));
      } else if (failure != null) {
        EnsureSignedIn.warn(services, failure);
        first = first == null ? failure : first;
      }
      summary.put(TerminalText.line(each.getKey()), outcome(each.getValue()));
    }
    if (json) {
      answerJson(trees);
    } else {
      say("Signed in to " + signedIn + " of " + results.size() + " identities:");
      HumanTime.facts(summary).lines().forEach(line -> say("  " + line));
    }
    return first == null ? 0 : first.exitCode().code();
  }

  private String outcome(Result result) {
    if (result.skipped() != null) {
      return "skipped: " + TerminalText.line(result.skipped());
    }
    if (result.session() == null) {
      return "failed";
    }
    String signIn = signIn(engine.sessions().status(false).identity(result.session().identity()));
    if (signIn != null) {
      return signIn;
    }
    String until = HumanTime.until(result.session().grant().expiresAt(), services);
    return until == null ? "signed in" : "until " + until;
  }

  // ---- a provider

  private int provider(String name, boolean json) {
    ProviderSession session = engine.sessions().signInToProvider(name, signInOptions());
    providers.add(name);
    if (json) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("provider", session.provider());
      tree.put("expiration", HumanTime.seconds(session.expiresAt()));
      tree.put("signed_in", session.origin() == Session.Origin.SIGNED_IN);
      answerJson(tree);
      return 0;
    }
    say(
        (session.origin() == Session.Origin.CACHED ? "Signed in already: " : "Signed in: ")
            + TerminalText.line(name)
            + (session.external() ? ", by the AWS CLI" : ""));
    String signIn = signIn(engine.sessions().status(false).provider(name));
    if (signIn != null) {
      say("  session  " + signIn);
    } else if (session.expiresAt() != null) {
      say("  expires  " + HumanTime.until(session.expiresAt(), services));
    }
    return 0;
  }
}
