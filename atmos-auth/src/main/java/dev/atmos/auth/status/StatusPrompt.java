package dev.atmos.auth.status;

import dev.atmos.auth.status.EntryStatus.State;
import java.time.Duration;
import java.time.Instant;

/**
 * A status in one word, for the prompt of a shell. It has letters, digits and {@code _./@:+-} only:
 * some shells run what a prompt holds.
 */
public final class StatusPrompt {
  private static final int LONGEST_NAME = 40;
  private static final String ALLOWED = "_./@+-";

  private StatusPrompt() {}

  /**
   * {@code dev} where no sign-in is needed or it is renewed; {@code dev:7h} as long as the user is
   * signed in; else {@code dev:expired} or {@code dev:signed-out}.
   */
  public static String of(EntryStatus status, Instant now) {
    String name = name(status.name());
    Instant until = status.until();
    if (status.state() == State.SIGNED_OUT) {
      return name + (until == null ? ":signed-out" : ":expired");
    }
    return status.state() != State.SIGNED_IN || until == null || until.equals(Instant.MAX)
        ? name
        : name + ":" + TimeLeft.brief(Duration.between(now, until));
  }

  private static String name(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      text.append(plain || ALLOWED.indexOf(c) >= 0 ? c : '_');
    }
    return text.toString();
  }
}
