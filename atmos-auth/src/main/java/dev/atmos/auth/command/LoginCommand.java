package dev.atmos.auth.command;

import dev.atmos.auth.chain.ProviderSession;
import dev.atmos.auth.chain.Session;
import dev.atmos.auth.chain.Sessions;
import dev.atmos.auth.chain.SignInOptions;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.terminal.Manners;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.cli.OutputOption;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.Outcome;
import dev.atmos.plugin.io.DataFormats;
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
  private final PluginContext context;
  private final PositionalParamSpec word;
  private final OptionSpec identity;
  private final OptionSpec provider;
  private final OptionSpec tags;
  private final OptionSpec all;
  private final OptionSpec noBrowser;
  private final OptionSpec force;
  private final OutputOption output;

  private LoginCommand(PluginContext context) {
    this.context = context;
    word = Options.name(context, "Whom to sign in to, as with --identity.");
    identity = Options.identity(context, "Whom to sign in to.");
    provider = Options.provider(context, "Sign in to this provider, and to no identity.");
    tags =
        OptionSpec.builder("--tags")
            .arity("1")
            .type(String.class)
            .paramLabel("TAG,...")
            .description(
                "The identity with one of these tags; of several, pick one, or take --all.")
            .build();
    all = Options.flag("--all", "All identities, or all of --tags.");
    noBrowser =
        Options.flag(
            "--no-browser",
            "Open no browser: print the address and wait, also where nobody seems to watch.");
    force = Options.flag("--force", "Sign in anew, although what is there would do.");
    output =
        OutputOption.of("text", "json")
            .describedAs("text (on standard error) or json (on standard output).");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(PluginContext context) {
    LoginCommand command = new LoginCommand(context);
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
    Meant meant = Meant.in(context);
    String wantedProvider = provider.getValue();
    if (wantedProvider != null) {
      return provider(meant.provider(wantedProvider), json);
    }
    String wantedTags = tags.getValue();
    if (Options.isGiven(all) || wantedTags != null) {
      List<IdentityDefinition> several = several(meant, wantedTags);
      if (Options.isGiven(all)) {
        return several(several, json);
      }
      return one(several.size() == 1 ? several.get(0).name() : pickTagged(meant, several), json);
    }
    if (named == null
        && positional == null
        && meant.config().identities().isEmpty()
        && !meant.config().providers().isEmpty()) {
      return provider(meant.anyProvider(), json);
    }
    return one(meant.configured(named, positional, true), json);
  }

  private void checkSelection(@Nullable String named, @Nullable String positional) {
    int selections = 0;
    selections += named == null && positional == null ? 0 : 1;
    selections += provider.getValue() == null ? 0 : 1;
    selections += tags.getValue() == null && !Options.isGiven(all) ? 0 : 1;
    if (selections > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          "a name, --provider, and --tags or --all don't go together",
          "say in one way whom to sign in to");
    }
  }

  private List<IdentityDefinition> several(Meant meant, @Nullable String wantedTags) {
    if (wantedTags == null) {
      if (meant.config().identities().isEmpty()) {
        throw meant.nobody();
      }
      return List.copyOf(meant.config().identities().values());
    }
    List<String> wanted = Options.atCommas(wantedTags);
    if (wanted.isEmpty()) {
      throw new AtmosException(ExitCode.USAGE, "--tags has no tag", "say which: --tags TAG,TAG");
    }
    return meant.tagged(wanted);
  }

  private String pickTagged(Meant meant, List<IdentityDefinition> several) {
    if (Manners.of(context).asks()) {
      return meant.pick(several);
    }
    List<String> names = new ArrayList<>();
    for (IdentityDefinition each : several) {
      names.add(each.name());
    }
    throw new AtmosException(
        ExitCode.USAGE,
        "several identities have one of these tags: " + DisplayNames.list(names),
        "say which: --identity NAME; or sign in to all of them: --all");
  }

  private SignInOptions how() {
    return new SignInOptions(
        new TerminalDialog(context, !Options.isGiven(noBrowser)), Options.isGiven(force));
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
    Session session = context.service(Sessions.class).signIn(name, how());
    List<Outcome> outcomes = SignIn.integrations(context, name);
    if (!json) {
      say(session);
    }
    return tree(session, outcomes);
  }

  private void say(Session session) {
    String what =
        switch (session.origin()) {
          case KEPT -> "Signed in already: ";
          case RENEWED -> "Signed in, without asking anybody: ";
          case SIGNED_IN -> "Signed in: ";
        };
    Instant expiresAt = session.credentials().expiresAt();
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put("provider", session.provider());
    facts.put("account", session.account());
    facts.put("as", session.principal());
    facts.put("region", session.region());
    facts.put(
        "expires", expiresAt == null ? null : Texts.until(expiresAt, context.clock().instant()));
    context.console().say(what + TerminalText.line(session.identity()));
    for (String line : Texts.lines(Texts.facts(facts, "  "))) {
      context.console().say(line);
    }
  }

  private static Map<String, @Nullable Object> tree(Session session, List<Outcome> outcomes) {
    Instant expiresAt = session.credentials().expiresAt();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("identity", session.identity());
    tree.put("provider", session.provider());
    tree.put("account", session.account());
    tree.put("principal", session.principal());
    tree.put("region", session.region());
    tree.put(
        "expiration",
        expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("signed_in", session.origin() == Session.Origin.SIGNED_IN);
    List<Object> integrations = new ArrayList<>();
    for (Outcome outcome : outcomes) {
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
  private int several(List<IdentityDefinition> identities, boolean json) {
    List<Object> results = new ArrayList<>();
    AtmosException first = null;
    for (IdentityDefinition each : identities) {
      try {
        results.add(signIn(each.name(), json));
      } catch (AtmosException e) {
        if (e.exitCode() == ExitCode.INTERRUPTED || identities.size() == 1) {
          throw e;
        }
        SignIn.warn(context, e);
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
    ProviderSession session = context.service(Sessions.class).signInToProvider(name, how());
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
            (session.origin() == Session.Origin.KEPT ? "Signed in already: " : "Signed in: ")
                + TerminalText.line(name)
                + (session.borrowed() ? ", by the AWS CLI" : ""));
    if (expiresAt != null) {
      context.console().say("  expires  " + Texts.until(expiresAt, context.clock().instant()));
    }
    return 0;
  }
}
