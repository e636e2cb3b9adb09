package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.ShellQuoting;
import org.jspecify.annotations.Nullable;

/** Says why a value of a file is refused, and what cures that. */
final class TrustRefusals {
  private final FileTrust trust;
  private final TrustPorts host;
  private final ConfigFileCache cache;
  private final TrustedPlaces places;
  private final TrustStore store;
  private final boolean namingTrusts;

  TrustRefusals(
      FileTrust trust,
      TrustPorts host,
      ConfigFileCache cache,
      TrustedPlaces places,
      TrustStore store,
      boolean namingTrusts) {
    this.trust = trust;
    this.host = host;
    this.cache = cache;
    this.places = places;
    this.store = store;
    this.namingTrusts = namingTrusts;
  }

  /** What a value with an effect wants to do. */
  static String wish(Effect effect) {
    return switch (effect) {
      case ENDPOINT -> "send something to a host that isn't one of AWS's";
      case ENVIRONMENT -> "set a variable for programs";
      case WRITES -> "choose which file is written";
      case READS -> "read outside of its project";
      case PROTECTION -> "decide how secrets are kept";
      default -> "run a command";
    };
  }

  /** One line, without the excerpt that other errors have: kubectl shows it to its user. */
  AtmosException of(@Nullable ConfigFile file, Position position, String missing, String wish) {
    TrustRecord record = file == null ? null : trust.record(file);
    String subject = "this file";
    if (missing.startsWith(TrustRecord.SCRIPT)) {
      subject = "the script " + missing.substring(TrustRecord.SCRIPT.length());
    }
    String problem = " is not trusted";
    if (record == null) {
      UnsafePlace unsafe = file == null ? null : unsafe(file);
      problem += unsafe == null ? "" : ", because " + unsafe;
    } else if (missing.startsWith(TrustRecord.SCRIPT) && !record.knows(missing)) {
      problem += " yet: it is new, or you weren't shown it";
    } else if (missing.startsWith(TrustRecord.LINK) && !record.knows(missing)) {
      problem += " for " + missing.substring(TrustRecord.LINK.length());
    } else {
      problem = " has changed since you trusted it";
    }
    String sentence = position + ": " + subject + problem + ", and wants to " + wish;
    Policy limits = host.policy();
    if (limits != null) {
      String cure = cure(file);
      limits.requireTrust(Policy.Trust.USERS, sentence, "to trust it", null);
      if (file != null && file.namedOnCommandLine() && namingTrusts) {
        limits.requireTrust(Policy.Trust.CONFIG, sentence, "--config to trust it", cure);
      }
      if (file != null && cache.isUnderTrustedPath(trust.real(file))) {
        String thing = "ATMOS_TRUSTED_PATHS to trust it";
        limits.requireTrust(Policy.Trust.TRUSTED_PATHS, sentence, thing, cure);
      }
    }
    return new AtmosException(ExitCode.USAGE, sentence, cure(file), null);
  }

  /** What cures the refusal of a file; null if nothing does. */
  @Nullable String cure(@Nullable ConfigFile file) {
    if (file == null) {
      return null;
    }
    UnsafePlace unsafe = unsafe(file);
    return unsafe != null && unsafe.cure() != null && trust.record(file) == null
        ? unsafe.cure()
        : "read it, then run: atmos config trust " + ShellQuoting.path(file.path());
  }

  /**
   * What keeps a file, or what the user has approved of it, from being trusted; null if nothing.
   */
  private @Nullable UnsafePlace unsafe(ConfigFile file) {
    UnsafePlace unsafe = places.refused(file);
    return unsafe == null ? store.problem(trust.real(file)) : unsafe;
  }
}
