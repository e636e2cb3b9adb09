package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.model.AuthFields;
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
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.config.ConfigText;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth whoami}: who an identity is, as AWS says it. */
public final class WhoamiCommand implements Callable<Integer> {
  private final AuthEngine engine;
  private final Services context;
  private final PositionalParamSpec word;
  private final OptionSpec identity;
  private final OptionSpec offline;
  private final OutputOption output;

  private WhoamiCommand(AuthEngine engine) {
    this.engine = engine;
    this.context = engine.services();
    word = AuthOptions.name(engine, "Whom to ask about, as with --identity.");
    identity = AuthOptions.identity(engine, "Whom to ask about.");
    offline = AuthOptions.flag("--offline", "Ask nobody: only say what is kept.");
    output = OutputOption.of("text", "json");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    WhoamiCommand command = new WhoamiCommand(engine);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.word);
    spec.addOption(command.identity).addOption(command.offline);
    command.output.addTo(spec);
    spec.usageMessage()
        .customSynopsis("atmos auth whoami [NAME] [--offline] [-o FORMAT] [options]")
        .description(
            "",
            "Say who an identity is, as AWS says it, and for how long. Nobody is asked to sign"
                + " in: where somebody has to, it fails with exit code 4.",
            "")
        .footer(
            "",
            "  atmos auth whoami",
            "  atmos auth whoami prod --output json",
            "  atmos auth whoami --offline     without a network, of what is kept");
    return spec;
  }

  /** What is known of somebody. */
  private record Known(
      @Nullable String identity,
      @Nullable String provider,
      @Nullable String principal,
      @Nullable String account,
      @Nullable String region,
      @Nullable Instant expiresAt) {}

  @Override
  public Integer call() {
    boolean json = output.isJson();
    Optional<String> name =
        IdentitySelector.of(engine)
            .identity(identity.<String>getValue(), word.<String>getValue(), true);
    Known known;
    if (AuthOptions.isGiven(offline)) {
      known = cached(name.orElseThrow(() -> IdentitySelector.of(engine).none()));
    } else {
      known = name.isPresent() ? asked(name.get()) : ofEnvironment();
    }
    context.console().answer(json ? json(known) : text(known));
    return 0;
  }

  private Known asked(String name) {
    Session session = engine.sessions().silent(name);
    CallerIdentity caller = caller(name, session.credentials(), session.region().orElse(null));
    return new Known(
        name,
        session.provider(),
        caller.arn(),
        caller.account(),
        session.region().orElse(null),
        session.credentials().expiresAt());
  }

  private Known ofEnvironment() {
    AwsCredentials credentials = engine.identities().credentials(null);
    CallerIdentity caller = caller(null, credentials, null);
    return new Known(null, null, caller.arn(), caller.account(), null, credentials.expiresAt());
  }

  private CallerIdentity caller(
      @Nullable String name, AwsCredentials credentials, @Nullable String region) {
    try {
      return engine.caller().of(definition(name), credentials, region);
    } catch (AtmosException e) {
      if (name == null || e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      // They are kept, and look as if they were good.
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          "sign in again: atmos auth login --force " + ShellQuoting.word(name),
          e);
    }
  }

  private Known cached(String name) {
    CachedSession kept = engine.sessions().cached(name);
    Instant expiresAt = kept.expiresAt();
    String login = "run: atmos auth login " + ShellQuoting.word(name);
    if (expiresAt == null) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "nothing is kept of identity " + DisplayNames.quoted(name),
          login);
    }
    Instant now = context.clock().instant();
    if (!expiresAt.isAfter(now)) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "what is kept of identity "
              + DisplayNames.quoted(name)
              + " expired at "
              + expiresAt.truncatedTo(ChronoUnit.SECONDS),
          login);
    }
    return new Known(
        name,
        kept.provider(),
        kept.description().principal().orElse(null),
        kept.description().account().orElse(null),
        kept.region(),
        expiresAt);
  }

  private String text(Known known) {
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put("identity", known.identity() == null ? "that of the environment" : known.identity());
    facts.put("provider", known.provider());
    facts.put("principal", known.principal());
    facts.put("account", known.account());
    facts.put("region", known.region());
    facts.put("realm", realm());
    facts.put(
        "expires",
        known.expiresAt() == null
            ? null
            : HumanTime.until(known.expiresAt(), context.clock().instant()));
    return HumanTime.facts(facts, "");
  }

  private String json(Known known) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    put(tree, "realm", realm());
    put(tree, "realm_source", realm() == null ? null : realmSource());
    tree.put("provider", known.provider());
    tree.put("identity", known.identity());
    tree.put("principal", known.principal());
    put(tree, "account", known.account());
    put(tree, "region", known.region());
    Instant expiresAt = known.expiresAt();
    put(
        tree,
        "expiration",
        expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    String name = known.identity();
    if (name != null) {
      put(tree, "environment", environment(name));
      CachedSession kept = engine.sessions().cached(name);
      Path file = kept.file();
      if (file != null && kept.expiresAt() != null) {
        put(tree, "paths", Map.of("credentials", shortened(file.toString())));
        put(tree, "credentials_ref", kept.profile());
      }
    }
    tree.put("last_updated", context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return context.service(DataFormats.class).json(tree);
  }

  private static void put(Map<String, @Nullable Object> tree, String key, @Nullable Object value) {
    if (value != null) {
      tree.put(key, value);
    }
  }

  /** What programs are given; null where that can't be said. */
  private @Nullable Map<String, String> environment(String name) {
    Map<String, String> variables = new LinkedHashMap<>();
    try {
      for (Variable variable : IdentityEnvironment.of(engine, name).profile(false)) {
        if (variable.value() != null) {
          variables.put(
              variable.name(),
              isSecret(variable.name()) ? "***REDACTED***" : shortened(variable.value().reveal()));
        }
      }
    } catch (AtmosException e) {
      context.console().debug("no variables of " + DisplayNames.quoted(name) + ": " + e.sentence());
      return null;
    }
    return variables;
  }

  private static boolean isSecret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (String word :
        new String[] {"SECRET", "TOKEN", "PASSWORD", "PRIVATE", "ACCESS_KEY", "SESSION"}) {
      if (upper.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private String shortened(String value) {
    Optional<Path> home = context.directories().home();
    if (home.isEmpty()) {
      return value;
    }
    String prefix = home.get().toString();
    return value.startsWith(prefix) ? "~" + value.substring(prefix.length()) : value;
  }

  private @Nullable String realm() {
    Optional<String> variable = context.environment().nonEmpty("ATMOS_AUTH_REALM");
    return variable.isPresent() ? variable.get() : realmOfConfiguration();
  }

  private String realmSource() {
    return context.environment().nonEmpty("ATMOS_AUTH_REALM").isPresent() ? "env" : "config";
  }

  private @Nullable String realmOfConfiguration() {
    ConfigText realm =
        StaticValues.text(context.configMap(AuthFields.AUTH).orElse(null), AuthFields.REALM);
    return realm == null ? null : realm.text();
  }

  private @Nullable Definition definition(@Nullable String name) {
    return name == null
        ? null
        : IdentitySelector.of(engine)
            .graph()
            .entry(AuthPart.IDENTITIES, name)
            .map(entry -> (Definition) Definitions.of(context, name, entry.fields()))
            .orElse(null);
  }
}
