package dev.atmos.auth.store;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keyring of a Linux desktop, by libsecret's {@code secret-tool}: it speaks with whatever
 * serves {@code org.freedesktop.secrets} (GNOME Keyring, KWallet, KeePassXC). A secret goes through
 * standard input and output only. All methods fail with {@link ExitCode#UNAVAILABLE} where the
 * keyring doesn't answer.
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service-spec/latest/">Secret Service
 *     API</a>
 */
final class SecretTool {
  /** How long the keyring may take for one question. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final String PROGRAM = "secret-tool";
  private static final String ATTRIBUTES = " application dev.atmos key ";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_REASON = 200;

  private final Services context;

  private @Nullable String unavailable;

  SecretTool(Services context) {
    this.context = context;
  }

  /** Why the keyring doesn't answer; null as long as it does. */
  @Nullable String unavailable() {
    return unavailable;
  }

  /** The failure of a keyring that doesn't answer, which then isn't asked again. */
  AtmosException unavailable(String reason) {
    unavailable = reason;
    return new AtmosException(
        ExitCode.UNAVAILABLE,
        "the keyring, which sign-ins are kept with, does not answer: " + reason,
        "unlock it, or sign in again into files with:"
            + " ATMOS_KEYRING_TYPE=plain atmos auth login (often there is no keyring over SSH)");
  }

  /**
   * What the keyring has under a name; null if it has nothing.
   *
   * @param name letters and digits
   */
  @Nullable Secret lookup(String name) {
    Duration start = context.sleeper().uptime();
    Processes.Outcome found = run("lookup" + ATTRIBUTES + name + " 2>/dev/null", null, LIMIT);
    if (found.exitCode() == 0 && !found.output().isEmpty()) {
      return found.output();
    }
    // Its exit code is 1 both without an entry and without a keyring; a search's isn't.
    Duration left = LIMIT.minus(context.sleeper().uptime().minus(start));
    Processes.Outcome search =
        run("search" + ATTRIBUTES + name + " 2>&1", null, left.isNegative() ? LIMIT : left);
    if (search.exitCode() != 0) {
      throw unavailable(reason(search));
    }
    if (!search.output().isEmpty()) {
      throw unavailable("it is locked");
    }
    return null;
  }

  /** Keeps a secret under a name. */
  void store(String name, Secret secret) {
    Processes.Outcome stored =
        run("store --label='atmos'" + ATTRIBUTES + name + " 2>&1", secret, LIMIT);
    if (stored.exitCode() != 0) {
      throw unavailable(reason(stored));
    }
  }

  /** Forgets what is kept under a name, if anything is. */
  void clear(String name) {
    // Its exit code is 1 if it has nothing to forget.
    run("clear" + ATTRIBUTES + name + " 2>/dev/null", null, LIMIT);
  }

  private Processes.Outcome run(String words, @Nullable Secret input, Duration limit) {
    if (unavailable != null) {
      throw unavailable(unavailable);
    }
    if (context.processes().find(PROGRAM).isEmpty()) {
      throw unavailable(
          PROGRAM
              + " of libsecret is not installed, and keyrings of other systems than Linux are not"
              + " supported yet");
    }
    // By the shell, which keeps what the tool says away from the user's terminal.
    List<String> command = context.processes().shell(PROGRAM + " " + words);
    try {
      return context
          .processes()
          .run(
              Processes.Program.of(command)
                  .withInput(input)
                  .withMostBytes(MOST_BYTES)
                  .withLimit(limit));
    } catch (IOException e) {
      throw unavailable(PROGRAM + " " + e.getMessage());
    }
  }

  /** The tool's own reason for a failure. Output of a failed run holds no secret. */
  private static String reason(Processes.Outcome failed) {
    Optional<String> line =
        failed.output().reveal().lines().filter(text -> text.startsWith(PROGRAM)).findFirst();
    String reason = line.orElse(PROGRAM + " failed");
    return TerminalText.line(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }
}
