package dev.atmos.auth.store;

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
 * standard input and output only.
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service-spec/latest/">Secret Service
 *     API</a>
 */
final class SecretTool {
  /** How long the keyring may take for one question. */
  static final int LIMIT_SECONDS = 3;

  private static final String PROGRAM = "secret-tool";
  private static final String ATTRIBUTES = " application dev.atmos key ";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_REASON = 200;

  private final Services context;

  SecretTool(Services context) {
    this.context = context;
  }

  /** The keyring doesn't answer. The message says why. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * What the keyring has under a name; null if it has nothing.
   *
   * @param name letters and digits
   */
  @Nullable Secret lookup(String name) throws Unavailable {
    Duration limit = limit();
    Duration start = context.sleeper().uptime();
    Processes.Outcome found = run("lookup" + ATTRIBUTES + name + " 2>/dev/null", null, limit);
    if (found.exitCode() == 0 && !found.output().isEmpty()) {
      return found.output();
    }
    // It ends with 1 where there is nothing, and where there is no keyring; a search doesn't.
    Duration left = limit.minus(context.sleeper().uptime().minus(start));
    Processes.Outcome search =
        run("search" + ATTRIBUTES + name + " 2>&1", null, left.isNegative() ? limit : left);
    if (search.exitCode() != 0) {
      throw new Unavailable(reason(search));
    }
    if (!search.output().isEmpty()) {
      throw new Unavailable("it is locked");
    }
    return null;
  }

  /** Keeps a secret under a name. */
  void store(String name, Secret secret) throws Unavailable {
    Processes.Outcome stored =
        run("store --label='atmos' " + ATTRIBUTES.strip() + " " + name + " 2>&1", secret, limit());
    if (stored.exitCode() != 0) {
      throw new Unavailable(reason(stored));
    }
  }

  /** Forgets what is kept under a name, if anything is. */
  void clear(String name) throws Unavailable {
    // It ends with 1 where there is nothing to forget.
    run("clear" + ATTRIBUTES + name + " 2>/dev/null", null, limit());
  }

  private static Duration limit() {
    return Duration.ofSeconds(LIMIT_SECONDS);
  }

  private Processes.Outcome run(String words, @Nullable Secret input, Duration limit)
      throws Unavailable {
    if (context.processes().find(PROGRAM).isEmpty()) {
      throw new Unavailable(
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
      throw new Unavailable(PROGRAM + " " + e.getMessage());
    }
  }

  /** What the tool says that it failed for. Without an answer there is no secret in it. */
  private static String reason(Processes.Outcome failed) {
    Optional<String> line =
        failed.output().reveal().lines().filter(text -> text.startsWith(PROGRAM)).findFirst();
    String reason = line.orElse(PROGRAM + " failed");
    return TerminalText.line(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }
}
