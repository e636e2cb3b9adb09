package dev.atmos.plugin.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not reach a log, a message or a file by accident: it prints as {@code
 * Secret[redacted]}, so that an object that has one is safe to print. It can't be serialised.
 * Immutable.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** A secret of that text. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the few places that have to send it, sign with it or store it. */
  public String reveal() {
    return text;
  }

  /** Whether the text is empty. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Equal texts, compared in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same number for every secret: a hash would reveal something about the text. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
