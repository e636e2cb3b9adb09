package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.ProviderSession;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.auth.terminal.TerminalMode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth login}: signs in, and sets up what a sign-in sets up. */
public final class LoginCommand implements Callable<Integer> {
  private final AuthEngine engine;
  private final Services context;
  private final PositionalParamSpec word;
  private final OptionSpec identity;
  private final OptionSpec provider;
  private final OptionSpec tags;
  private final OptionSpec all;
  private final OptionSpec noBrowser;
  private final OptionSpec force;
  private final OutputOption output;

  private LoginCommand(AuthEngine engine) {
    this.engine = engine;
    this.context = engine.services();
    word = AuthOptions.name(engine, "Whom to sign in to, as with --identity.");
    identity = AuthOptions.identity(engine, "Whom to sign in to.");
    provider = AuthOptions.provider(engine, "Sign in to this provider, and to no identity.");
    tags =
        OptionSpec.builder("--tags")
            .arity("1")
            .type(String.class)
            .paramLabel("TAG,...")
            .description(
                "The identity with one of these tags; of several, pick one, or take --all.")
            .build();
    all = AuthOptions.flag("--all", "All identities, or all of --tags.");
    noBrowser =
        AuthOptions.flag(
            "--no-browser",
            "Don't open a browser; print the URL and wait, even without a terminal.");
    force =
        AuthOptions.flag("--force", "Sign in again even if the current session is still valid.");
    output =
        OutputOption.of("text", "json")
            .describedAs("text (on standard error) or json (on standard output).");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    LoginCommand command = new LoginCommand(engine);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.word);
    spec.addOption(command.identity).addOption(command.provider).addOption(command.tags);
    spec.addOption(command.all).addOption(command.noBrowser).addOption(command.force);
    command.output.addTo(spec);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth login [NAME | --identity[=NAME] | --provider NAME |",
            "                        [--tags TAG,...] [--all]] [--no-browser] [options]")
        .description(
            "",
            "Sign in to an identity. Where that takes a browser, it is opened, and the address"
                + " and the code are shown. Identities that share a provider share the sign-in:"
                + " one a day is enough for all of them.",
            "",
            "Afterwards the identity's integrations are set up, such as the entries of its"
                + " clusters in the kubeconfig. What goes wrong there is a warning.",
            "")
        .footer(
            "",
            "  atmos auth login                  the default identity, or the only one",
            "  atmos auth login dev              the identity dev",
            "  atmos auth login --identity       pick one from a list",
            "  atmos auth login --tags prod --all",
            "  atmos auth login --no-browser     over SSH: open the address at your desk");
    return spec;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    String named = identity.getValue();
    String positional = word.getValue();
    checkSelection(named, positional);
    IdentitySelector selector = IdentitySelector.of(engine);
    String wantedProvider = provider.getValue();
    if (wantedProvider != null) {
      return provider(selector.provider(wantedProvider), json);
    }
    String wantedTags = tags.getValue();
    if (AuthOptions.isGiven(all) || wantedTags != null) {
      List<AuthEntry> several = several(selector, wantedTags);
      if (AuthOptions.isGiven(all)) {
        return several(several, json);
      }
      return one(several.size() == 1 ? several.get(0).name() : pickTagged(selector, several), json);
    }
    if (named == null
        && positional == null
        && selector.graph().entries(AuthPart.IDENTITIES).isEmpty()
        && !selector.graph().entries(AuthPart.PROVIDERS).isEmpty()) {
      return provider(selector.anyProvider(), json);
    }
    return one(selector.configured(named, positional, true), json);
  }

  private void checkSelection(@Nullable String named, @Nullable String positional) {
    int selections = 0;
    selections += named == null && positional == null ? 0 : 1;
    selections += provider.getValue() == null ? 0 : 1;
    selections += tags.getValue() == null && !AuthOptions.isGiven(all) ? 0 : 1;
    if (selections > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          "a name, --provider, and --tags or --all don't go together",
          "say in one way whom to sign in to");
    }
  }

  private List<AuthEntry> several(IdentitySelector selector, @Nullable String wantedTags) {
    if (wantedTags == null) {
      if (selector.graph().entries(AuthPart.IDENTITIES).isEmpty()) {
        throw selector.none();
      }
      return selector.graph().entries(AuthPart.IDENTITIES);
    }
    List<String> wanted = AuthOptions.atCommas(wantedTags);
    if (wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--tags has no tag", "say which: --tags TAG,TAG");
    }
    return selector.tagged(wanted);
  }

  private String pickTagged(IdentitySelector selector, List<AuthEntry> several) {
    if (TerminalMode.of(context).asks()) {
      return selector.pick(several);
    }
    List<String> names = new ArrayList<>();
    for (AuthEntry each : several) {
      names.add(each.name());
    }
    throw new AtmosException(
        ExitCode.USAGE,
        "several identities have one of these tags: " + DisplayNames.list(names),
        "say which: --identity NAME; or sign in to all of them: --all");
  }

  private SignInOptions how() {
    return new SignInOptions(
        new TerminalDialog(context, !AuthOptions.isGiven(noBrowser)), AuthOptions.isGiven(force));
  }

  // ---- one identity

  private int one(String name, boolean json) {
    Map<String, @Nullable Object> result = signIn(name, json);
    if (json) {
      context.console().answer(context.service(DataFormats.class).json(result));
    }
    return 0;
  }

  private Map<String, @Nullable Object> signIn(String name, boolean json) {
    Session session = engine.sessions().signIn(name, how());
    List<IntegrationOutcome> outcomes = EnsureSignedIn.integrations(engine, name);
    if (!json) {
      say(session);
    }
    return tree(session, outcomes);
  }

  private void say(Session session) {
    String what =
        switch (session.origin()) {
          case CACHED -> "Signed in already: ";
          case RENEWED -> "Signed in, renewed without a prompt: ";
          case SIGNED_IN -> "Signed in: ";
        };
    Instant expiresAt = session.grant().expiresAt();
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put("provider", session.provider());
    facts.put("account", session.description().account().orElse(null));
    facts.put("as", session.description().principal().orElse(null));
    facts.put("region", session.region().orElse(null));
    facts.put(
        "expires",
        expiresAt == null ? null : HumanTime.until(expiresAt, context.clock().instant()));
    context.console().say(what + TerminalText.line(session.identity()));
    for (String line : HumanTime.lines(HumanTime.facts(facts, "  "))) {
      context.console().say(line);
    }
  }

  private static Map<String, @Nullable Object> tree(
      Session session, List<IntegrationOutcome> outcomes) {
    Instant expiresAt = session.grant().expiresAt();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("identity", session.identity());
    tree.put("provider", session.provider());
    tree.put("account", session.description().account().orElse(null));
    tree.put("principal", session.description().principal().orElse(null));
    tree.put("region", session.region().orElse(null));
    tree.put(
        "expiration",
        expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
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

  /** Whoever can't be signed in to is no hindrance to the others; the first decides how it ends. */
  private int several(List<AuthEntry> identities, boolean json) {
    List<Object> results = new ArrayList<>();
    AtmosException first = null;
    for (AuthEntry each : identities) {
      try {
        results.add(signIn(each.name(), json));
      } catch (AtmosException e) {
        if (e.exitCode() == ExitCode.INTERRUPTED || identities.size() == 1) {
          throw e;
        }
        EnsureSignedIn.warn(context, e);
        first = first == null ? e : first;
      }
    }
    if (first != null && results.isEmpty()) {
      throw new AtmosException(
          first.exitCode(), "none of " + identities.size() + " identities could be signed in to");
    }
    if (json) {
      context.console().answer(context.service(DataFormats.class).json(results));
    }
    return first == null ? 0 : first.exitCode().code();
  }

  // ---- a provider

  private int provider(String name, boolean json) {
    ProviderSession session = engine.sessions().signInToProvider(name, how());
    Instant expiresAt = session.expiresAt();
    if (json) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("provider", session.provider());
      tree.put(
          "expiration",
          expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
      tree.put("signed_in", session.origin() == Session.Origin.SIGNED_IN);
      context.console().answer(context.service(DataFormats.class).json(tree));
      return 0;
    }
    context
        .console()
        .say(
            (session.origin() == Session.Origin.CACHED ? "Signed in already: " : "Signed in: ")
                + TerminalText.line(name)
                + (session.external() ? ", by the AWS CLI" : ""));
    if (expiresAt != null) {
      context.console().say("  expires  " + HumanTime.until(expiresAt, context.clock().instant()));
    }
    return 0;
  }
}
