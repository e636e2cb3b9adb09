package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.KindCatalog;
import dev.atmos.auth.model.StaticValues;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failures of chains that can't be read or used. Loaded only then. */
final class ChainFailures {
  /** The place of a definition that no file has. */
  static final Position NOWHERE = new Position(new Source("", ""), 1, 1);

  private ChainFailures() {}

  static AtmosException noSection() {
    return notFound("the configuration has no auth section", null);
  }

  static AtmosException unknown(AuthPart part, String name) {
    return notFound("unknown " + part.described(name), null);
  }

  /** The host may know of a file that has it. */
  private static AtmosException notFound(String sentence, @Nullable String hint) {
    return new AtmosException(ExitCode.USAGE, sentence, hint, new NoSuchElementException());
  }

  private static AtmosException usage(String sentence, String hint) {
    return new AtmosException(ExitCode.USAGE, sentence, hint);
  }

  /** The problem with the chain of an identity, as the whole section shows it. */
  static AtmosException broken(Services services, String name) {
    AuthEntry identity = AuthGraph.of(services).entry(AuthPart.IDENTITIES, name).orElse(null);
    if (identity == null) {
      return unknown(AuthPart.IDENTITIES, name);
    }
    for (AuthEntry at = identity; at != null; at = at.parent().orElse(null)) {
      if (at.brokenLink().isPresent()) {
        return at.brokenLink().get().failure();
      }
      if (at.isBroken()) {
        return at.errors().get(0).failure();
      }
    }
    return identity
        .position()
        .error("the chain of " + AuthPart.IDENTITIES.described(name) + " can't be read");
  }

  /** The definition of a link, or its kind, names a region that can't be one. */
  static AtmosException noRegion(ChainLink link) {
    return link.definition()
        .position()
        .error("the region of " + link.part().described(link.name()) + " is not an AWS region");
  }

  /** The kind of a link can't be used on this machine or in this job. */
  static AtmosException unavailable(ChainLink link, String reason) {
    String sentence = link.part().described(link.name()) + " can't be used here: " + reason;
    return new AtmosException(ExitCode.SIGN_IN_REQUIRED, sentence);
  }

  /** An identity for which no key is stored. */
  static AtmosException storesNoKey(ChainLink link) {
    return new AtmosException(
        ExitCode.USAGE,
        link.part().described(link.name())
            + " is of kind "
            + link.kind()
            + ", for which no key is stored",
        "run: atmos auth login " + ShellQuoting.word(link.name()));
  }

  static AtmosException unusable(ChainLink link, SignInRequiredException e) {
    return new AtmosException(
        ExitCode.DENIED,
        "could not use the sign-in of " + link.shown() + ": " + e.why(),
        null,
        e.getCause());
  }

  /** AWS doesn't take the keys of a link, which can't make others. */
  static AtmosException refused(ChainLink link, GrantRefusedException e) {
    return new AtmosException(
        ExitCode.DENIED,
        e.sentence(),
        link.step().isAmbient()
            ? "check the keys of the environment: AWS_ACCESS_KEY_ID, or the profile of AWS_PROFILE"
            : "check the credentials of " + link.shown(),
        e);
  }

  static AtmosException expired(ChainLink link, Instant expiresAt) {
    return new AtmosException(
        ExitCode.FAILED,
        "the new grant of "
            + link.shown()
            + " had already expired by this machine's clock, at "
            + expiresAt,
        "check that the clock is right");
  }

  /** Nothing supplies the kind of a definition, which has one. */
  static AtmosException noType(Services services, AuthPart part, String name, ConfigMap fields) {
    ConfigText kind =
        Objects.requireNonNull(StaticValues.text(fields, AuthFields.KIND), "the kind");
    Position position = fields.positionOf(AuthFields.KIND);
    return KindCatalog.failure(services.kinds(), part, name, kind.shown(), position);
  }

  static AtmosException noKind(AuthPart part, String name, Position position) {
    String sentence = part.described(name) + " is not configured: it has no kind";
    String here =
        part == AuthPart.IDENTITIES
            ? "give it a kind here, as this replaces what other files say of it"
            : "give it a kind";
    String hint = here + ", or use the profile that does";
    return ConfigProblem.error(part.path(name), position, sentence, hint).failure();
  }

  /** The user has to sign in, or to do what the step that needs it says instead. */
  static AtmosException signIn(Chain chain, SignInRequiredException needed) {
    if (needed.getCause() instanceof AtmosException own && own.hint().isPresent()) {
      return own;
    }
    ChainLink target = chain.target();
    if (!needed.asks()) {
      return new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          target.part().described(target.name()) + " has no credentials: " + needed.why(),
          null,
          needed.getCause());
    }
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        target.part().described(target.name()) + " needs a sign-in: " + needed.why(),
        "run: atmos auth login "
            + (target.isProvider() ? "--provider " : "")
            + ShellQuoting.word(target.name()),
        needed.getCause());
  }

  /** An identity gives something other than AWS credentials. */
  static AtmosException notAws(Chain chain, Grant grant) {
    return usage(
        AuthPart.IDENTITIES.described(chain.name())
            + " is of kind "
            + chain.target().kind()
            + ", which gives no AWS credentials but "
            + DisplayNames.quoted(grant.type()),
        "choose an identity of AWS: --identity NAME");
  }

  // ---- names of identities

  static AtmosException emptyName() {
    return usage("--identity has no name", "name the identity: --identity NAME");
  }

  static AtmosException noneConfigured(String wanted, boolean fromVariable) {
    return notFound(
        "unknown " + named(wanted, fromVariable) + ": no identities are configured",
        fromVariable
            ? "unset " + ConfiguredIdentities.VARIABLE + " to use the environment's credentials"
            : "without --identity, the environment's credentials are used");
  }

  static AtmosException unknown(Services services, String wanted, boolean fromVariable) {
    return notFound(
        "unknown " + named(wanted, fromVariable),
        AuthGraph.of(services).hint(AuthPart.IDENTITIES, wanted));
  }

  static AtmosException ambiguous(String wanted, boolean fromVariable, List<String> found) {
    return usage(
        named(wanted, fromVariable) + " could be any of " + DisplayNames.list(found),
        "choose one with --identity NAME, spelled as in the configuration");
  }

  static AtmosException severalDefaults(List<String> names) {
    return usage(
        "several identities say default: true: " + DisplayNames.list(names),
        "choose one with --identity NAME, or leave default: true with one of them");
  }

  static AtmosException noDefault(List<String> names) {
    return usage(
        "several identities are configured, and none is the default: " + DisplayNames.list(names),
        "choose one with --identity NAME, or give one of them default: true");
  }

  private static String named(String wanted, boolean fromVariable) {
    String identity = AuthPart.IDENTITIES.described(wanted);
    return fromVariable ? identity + " (from " + ConfiguredIdentities.VARIABLE + ")" : identity;
  }
}
