package dev.atmos.auth.store.keyring;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import dev.atmos.text.TerminalText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keyring of a Linux desktop, by libsecret's {@code secret-tool}: it speaks with whatever
 * serves {@code org.freedesktop.secrets} (GNOME Keyring, KWallet, KeePassXC).
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service-spec/latest/">Secret Service
 *     API</a>
 */
final class SecretTool extends Keyring {
  private static final String PROGRAM = "secret-tool";
  private static final String ATTRIBUTES = " application dev.atmos key ";
  private static final int LONGEST_REASON = 200;

  SecretTool(Services context) {
    super(context);
  }

  @Override
  public @Nullable Secret lookup(String name) {
    Duration start = context().sleeper().uptime();
    Processes.Outcome found = run("lookup" + ATTRIBUTES + name + " 2>/dev/null", null, LIMIT);
    if (found.exitCode() == 0 && !found.output().isEmpty()) {
      return found.output();
    }
    // Its exit code is 1 both without an entry and without a keyring; a search's isn't.
    Duration left = LIMIT.minus(context().sleeper().uptime().minus(start));
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

  @Override
  public void store(String name, Secret secret) {
    Processes.Outcome stored =
        run("store --label='atmos'" + ATTRIBUTES + name + " 2>&1", secret, LIMIT);
    if (stored.exitCode() != 0) {
      throw unavailable(reason(stored));
    }
  }

  @Override
  public void clear(String name) {
    // Its exit code is 1 if it has nothing to forget.
    run("clear" + ATTRIBUTES + name + " 2>/dev/null", null, LIMIT);
  }

  private Processes.Outcome run(String words, @Nullable Secret input, Duration limit) {
    if (unavailable() == null && context().processes().find(PROGRAM).isEmpty()) {
      throw unavailable(PROGRAM + " of libsecret is not installed");
    }
    return run(PROGRAM, PROGRAM + " " + words, input, limit);
  }

  /** The tool's own reason for a failure. Output of a failed run holds no secret. */
  private static String reason(Processes.Outcome failed) {
    Optional<String> line =
        failed.output().reveal().lines().filter(text -> text.startsWith(PROGRAM)).findFirst();
    String reason = line.orElse(PROGRAM + " failed");
    return TerminalText.line(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }
}
