package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.Definitions;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.CachedSession;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigText;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth whoami}: who an identity is, according to AWS. */
public final class WhoamiCommand extends AuthCommand {
  private static final String REALM = "ATMOS_AUTH_REALM";
  private static final List<String> SECRET_WORDS =
      List.of("SECRET", "TOKEN", "PASSWORD", "PRIVATE", "ACCESS_KEY", "SESSION");

  private final CommandParameter word = word("The identity to ask about, as with --identity.");
  private final CommandOption identity = identity("The identity to ask about.");
  private final CommandOption offline =
      flag("--offline", "Report only what is kept on this machine.");
  private final OutputOption output = output(OutputOption.of("text", "json"));

  /** The command over this engine. */
  public WhoamiCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth whoami [NAME] [--offline] [-o FORMAT] [options]");
    syntax.description(
        "Report who an identity is, according to AWS, and until when. It never asks you to sign"
            + " in: where you have to, it fails with exit code 4.");
    syntax.examples(
        "  atmos auth whoami",
        "  atmos auth whoami prod --output json",
        "  atmos auth whoami --offline     without a network, from what is kept");
  }

  /** What is known of an identity; of the environment's credentials, without a name. */
  private record Known(
      @Nullable String identity,
      @Nullable String provider,
      @Nullable String principal,
      @Nullable String account,
      @Nullable String region,
      @Nullable Instant expiresAt) {}

  @Override
  public int run() {
    Optional<String> usual = services.environment().nonEmpty("ATMOS_AUTH_WHOAMI_OUTPUT");
    if (usual.isPresent()) {
      output.fallBackTo(usual.get());
    }
    boolean json = output.isJson();
    EntrySelector selector = EntrySelector.of(engine);
    Optional<String> name = selector.identity(identity.value(), word.value(), true);
    Known known;
    if (offline.isGiven()) {
      if (name.isEmpty()) {
        throw selector.none();
      }
      known = cached(name.get());
    } else {
      known =
          name.isPresent()
              ? asked(selector, name.get())
              : ofEnvironment(identity.value() == null ? word.value() : identity.value());
    }
    if (json) {
      answerJson(tree(known));
    } else {
      services.console().answer(text(known));
    }
    return 0;
  }

  private Known asked(EntrySelector selector, String name) {
    Session session = engine.sessions().silent(name);
    AwsCredentials credentials = session.credentials();
    String region = session.region().orElse(null);
    AuthGraph graph = selector.graph();
    Definition definition =
        graph
            .entry(AuthPart.IDENTITIES, name)
            .map(entry ->
                (Definition) Definitions.of(services, name, entry.fields(), graph.section()))
            .orElse(null);
    try {
      CallerIdentity caller = engine.caller().of(definition, credentials, region);
      return new Known(
          name,
          session.provider(),
          caller.arn(),
          caller.account(),
          region,
          credentials.expiresAt());
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      // They are kept, and don't look expired.
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          "sign in again: atmos auth login --force " + ShellQuoting.word(name),
          e);
    }
  }

  /**
   * @param off what has turned identities off; null for a variable
   */
  private Known ofEnvironment(@Nullable String off) {
    AwsCredentials credentials = engine.identities().credentials(off);
    String region = engine.identities().regionOf(null).orElse(null);
    CallerIdentity caller = engine.caller().of(null, credentials, region);
    return new Known(null, null, caller.arn(), caller.account(), region, credentials.expiresAt());
  }

  private Known cached(String name) {
    CachedSession kept = engine.sessions().cached(name);
    Instant expiresAt = kept.expiresAt();
    if (expiresAt == null) {
      throw signInRequired(
          name, "no credentials of identity " + DisplayNames.quoted(name) + " are kept");
    }
    if (!expiresAt.isAfter(services.clock().instant())) {
      throw signInRequired(
          name,
          "the credentials of identity "
              + DisplayNames.quoted(name)
              + " expired at "
              + HumanTime.seconds(expiresAt));
    }
    return new Known(
        name,
        kept.provider(),
        kept.description().principal().orElse(null),
        kept.description().account().orElse(null),
        kept.region(),
        expiresAt);
  }

  private AtmosException signInRequired(String name, String sentence) {
    Optional<String> unavailable = engine.sessions().unavailable(name);
    if (unavailable.isPresent()) {
      String why = ", and it can't be used here: " + unavailable.get();
      return new AtmosException(ExitCode.SIGN_IN_REQUIRED, sentence + why);
    }
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED, sentence, "run: atmos auth login " + ShellQuoting.word(name));
  }

  private String text(Known known) {
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put("identity", known.identity() == null ? "that of the environment" : known.identity());
    facts.put("provider", known.provider());
    facts.put("principal", known.principal());
    facts.put("account", known.account());
    facts.put("region", known.region());
    facts.put("realm", realm());
    facts.put("expires", HumanTime.until(known.expiresAt(), services));
    return HumanTime.facts(facts);
  }

  private Map<String, @Nullable Object> tree(Known known) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (realm() != null) {
      boolean set = services.environment().nonEmpty(REALM).isPresent();
      tree.put("realm", realm());
      tree.put("realm_source", set ? "env" : "config");
    }
    tree.put("provider", known.provider());
    tree.put("identity", known.identity());
    tree.put("principal", known.principal());
    putKnown(tree, "account", known.account());
    putKnown(tree, "region", known.region());
    putKnown(tree, "expiration", HumanTime.seconds(known.expiresAt()));
    String name = known.identity();
    if (name != null) {
      putKnown(tree, "environment", environment(name));
      CachedSession kept = engine.sessions().cached(name);
      if (kept.file() != null && kept.expiresAt() != null) {
        tree.put("paths", Map.of("credentials", kept.file().toString()));
        tree.put("credentials_ref", kept.profile());
      }
    }
    tree.put("last_updated", HumanTime.seconds(services.clock().instant()));
    return tree;
  }

  private static void putKnown(
      Map<String, @Nullable Object> tree, String key, @Nullable Object value) {
    if (value != null) {
      tree.put(key, value);
    }
  }

  /** The variables that programs are given; null if they can't be determined. */
  private @Nullable Map<String, String> environment(String name) {
    Map<String, String> variables = new LinkedHashMap<>();
    try {
      for (Variable variable : IdentityEnvironment.of(engine, name, null, false).profile(false)) {
        if (variable.value() != null) {
          variables.put(
              variable.name(),
              isSecret(variable.name()) ? "***REDACTED***" : variable.value().reveal());
        }
      }
    } catch (AtmosException e) {
      services
          .console()
          .debug("no variables of " + DisplayNames.quoted(name) + ": " + e.sentence());
      return null;
    }
    return variables;
  }

  private static boolean isSecret(String name) {
    return SECRET_WORDS.stream().anyMatch(name.toUpperCase(Locale.ROOT)::contains);
  }

  private @Nullable String realm() {
    ConfigText configured =
        StaticValues.text(services.configMap(AuthFields.AUTH).orElse(null), AuthFields.REALM);
    return services
        .environment()
        .nonEmpty(REALM)
        .orElse(configured == null ? null : configured.shown());
  }
}
