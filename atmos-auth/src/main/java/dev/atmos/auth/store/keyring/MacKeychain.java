package dev.atmos.auth.store.keyring;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import org.jspecify.annotations.Nullable;

/**
 * The user's keychain of macOS, by {@code security}, which the system brings. It is asked by its
 * path, so that no program of that name takes its place. A secret is given to it as a command on
 * its standard input, because everybody sees the arguments of programs.
 */
final class MacKeychain extends Keyring {
  private static final String TOOL = "/usr/bin/security";
  private static final String NAME = "security";
  private static final String SERVICE = " -s dev.atmos -a ";
  private static final String SECRET = "[A-Za-z0-9+/=]+";

  // The last bytes of the codes of Security.framework, SecBase.h.
  private static final int NOT_FOUND = 44;
  private static final int NO_INTERACTION = 36;
  private static final int NOT_ALLOWED = 51;
  private static final int CANCELLED = 128;

  MacKeychain(Services context) {
    super(context);
  }

  @Override
  public @Nullable Secret lookup(String name) {
    Processes.Outcome found =
        run(
            NAME,
            TOOL + " find-generic-password" + SERVICE + name + " -w 2>/dev/null",
            null,
            LIMIT);
    return switch (found.exitCode()) {
      case 0 -> Secret.of(found.output().reveal().strip());
      case NOT_FOUND -> null;
      case NO_INTERACTION -> throw unavailable("it is locked, and can't ask for its password here");
      case NOT_ALLOWED, CANCELLED -> throw unavailable("it was not unlocked");
      default -> throw unavailable(NAME + " failed with exit code " + found.exitCode());
    };
  }

  @Override
  public void store(String name, Secret secret) {
    if (!secret.reveal().matches(SECRET)) {
      throw new IllegalArgumentException("it could be taken for a command");
    }
    Secret command =
        Secret.of(
            "add-generic-password -U -l atmos" + SERVICE + name + " -w " + secret.reveal() + "\n");
    Processes.Outcome stored = run(NAME, TOOL + " -i >/dev/null 2>&1", command, LIMIT);
    if (stored.exitCode() != 0) {
      throw unavailable(NAME + " failed with exit code " + stored.exitCode());
    }
  }

  @Override
  public void clear(String name) {
    run(NAME, TOOL + " delete-generic-password" + SERVICE + name + " >/dev/null 2>&1", null, LIMIT);
  }
}
