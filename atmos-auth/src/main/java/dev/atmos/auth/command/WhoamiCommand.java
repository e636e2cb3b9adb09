package dev.atmos.auth.command;

import dev.atmos.auth.chain.CallerIdentity;
import dev.atmos.auth.chain.KeptSession;
import dev.atmos.auth.chain.Session;
import dev.atmos.auth.chain.Sessions;
import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.cli.OutputOption;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Processes.Variable;
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
  private final PluginContext context;
  private final PositionalParamSpec word;
  private final OptionSpec identity;
  private final OptionSpec offline;
  private final OutputOption output;

  private WhoamiCommand(PluginContext context) {
    this.context = context;
    word = Options.name(context, "Whom to ask about, as with --identity.");
    identity = Options.identity(context, "Whom to ask about.");
    offline = Options.flag("--offline", "Ask nobody: only say what is kept.");
    output = OutputOption.of("text", "json");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(PluginContext context) {
    WhoamiCommand command = new WhoamiCommand(context);
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
        Meant.in(context).identity(identity.<String>getValue(), word.<String>getValue(), true);
    Known known;
    if (Options.isGiven(offline)) {
      known = kept(name.orElseThrow(() -> Meant.in(context).nobody()));
    } else {
      known = name.isPresent() ? asked(name.get()) : ofEnvironment();
    }
    context.console().answer(json ? json(known) : text(known));
    return 0;
  }

  private Known asked(String name) {
    Session session = context.service(Sessions.class).silent(name);
    CallerIdentity caller = caller(name, session.credentials(), session.region());
    return new Known(
        name,
        session.provider(),
        caller.arn(),
        caller.account(),
        session.region(),
        session.credentials().expiresAt());
  }

  private Known ofEnvironment() {
    AwsCredentials credentials = context.service(Identities.class).credentials(null);
    CallerIdentity caller = caller(null, credentials, null);
    return new Known(null, null, caller.arn(), caller.account(), null, credentials.expiresAt());
  }

  private CallerIdentity caller(
      @Nullable String name, AwsCredentials credentials, @Nullable String region) {
    try {
      return context.service(CallerIdentity.Source.class).of(name, credentials, region);
    } catch (AtmosException e) {
      if (name == null || e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      // They are kept, and look as if they were good.
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          "sign in anew: atmos auth login --force " + ShellQuoting.word(name),
          e);
    }
  }

  private Known kept(String name) {
    KeptSession kept = context.service(Sessions.class).kept(name);
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
        name, kept.provider(), kept.principal(), kept.account(), kept.region(), expiresAt);
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
            : Texts.until(known.expiresAt(), context.clock().instant()));
    return Texts.facts(facts, "");
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
      KeptSession kept = context.service(Sessions.class).kept(name);
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
      for (Variable variable : IdentityEnvironment.of(context, name).profile(false)) {
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
    return variable.isPresent() ? variable.get() : Meant.in(context).config().realm();
  }

  private String realmSource() {
    return context.environment().nonEmpty("ATMOS_AUTH_REALM").isPresent() ? "env" : "config";
  }
}
