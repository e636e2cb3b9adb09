package dev.atmos.auth.store.keyring;

import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import dev.atmos.services.system.GenericCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keyring of the operating system, which keeps a secret under a name. All methods fail with
 * {@link ExitCode#UNAVAILABLE} where it doesn't answer within 3 seconds, and at once from then on.
 * A secret goes through standard input and output only.
 */
public abstract class Keyring {
  /** How long the keyring may take for one question. */
  static final Duration LIMIT = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 64 * 1024;

  private final Services context;
  private @Nullable String unavailable;

  Keyring(Services context) {
    this.context = context;
  }

  /** That of this operating system. */
  public static Keyring of(Services context) {
    Optional<GenericCredentials> windows = context.genericCredentials();
    if (windows.isPresent()) {
      return new CredentialManager(context, windows.get());
    }
    return HostSystem.isMac(context) ? new MacKeychain(context) : new SecretTool(context);
  }

  /**
   * What the keyring has under a name; null if it has nothing.
   *
   * @param name letters and digits
   */
  public abstract @Nullable Secret lookup(String name);

  /**
   * Keeps a secret under a name, in place of what it kept there.
   *
   * @param secret letters, digits and characters of {@code +/=}
   */
  public abstract void store(String name, Secret secret);

  /** Forgets what is kept under a name, if anything is. */
  public abstract void clear(String name);

  Services context() {
    return context;
  }

  /** Why the keyring doesn't answer; null as long as it does. */
  public @Nullable String unavailable() {
    return unavailable;
  }

  /** The failure of a keyring that doesn't answer, which then isn't asked again. */
  public AtmosException unavailable(String reason) {
    unavailable = reason;
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        "the keyring, which sign-ins are kept with, does not answer: " + reason,
        "unlock it, or sign in again into files with:"
            + " ATMOS_KEYRING_TYPE=plain atmos auth login (over SSH, keyrings are often locked)");
  }

  /** Fails where the keyring didn't answer before. */
  void requireAnswers() {
    if (unavailable != null) {
      throw unavailable(unavailable);
    }
  }

  /**
   * Runs a line of the shell, which keeps what a tool says away from the user's terminal.
   *
   * @param tool as a message names it
   */
  Processes.Outcome run(String tool, String line, @Nullable Secret input, Duration limit) {
    requireAnswers();
    try {
      return context
          .processes()
          .run(
              Processes.Program.of(context.processes().shell(line))
                  .withInput(input)
                  .withMostBytes(MOST_BYTES)
                  .withLimit(limit));
    } catch (IOException e) {
      throw unavailable(tool + " " + e.getMessage());
    }
  }
}
