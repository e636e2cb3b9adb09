package dev.atmos.aws.ecr.registry;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password of a registry, for some hours. On the path of each answer to docker.
 *
 * @param login the user, a colon and the password in Base64, as docker's file has it
 * @param until when the registry stops accepting it
 */
public record RegistryPassword(Secret login, Instant until) {

  /**
   * @throws IllegalArgumentException if it isn't that, or has a character that JSON escapes
   */
  public RegistryPassword {
    until = until.truncatedTo(ChronoUnit.SECONDS);
    String text = decoded(login);
    boolean usable = text.indexOf(':') > 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      usable &= c > ' ' && c <= '~' && c != '"' && c != '\\';
    }
    if (!usable) {
      throw new IllegalArgumentException("not the login of a registry");
    }
  }

  private static String decoded(Secret login) {
    return new String(Base64.getDecoder().decode(login.reveal()), StandardCharsets.ISO_8859_1);
  }

  /** The user: {@code AWS}. */
  public String user() {
    String text = decoded(login);
    return text.substring(0, text.indexOf(':'));
  }

  /** The password. */
  public Secret password() {
    String text = decoded(login);
    return Secret.of(text.substring(text.indexOf(':') + 1));
  }

  /** As it is kept: its end on a line, and the login on another. */
  Secret kept() {
    return Secret.of(until + "\n" + login.reveal() + "\n");
  }

  /** What was kept; null if it isn't whole. */
  static @Nullable RegistryPassword of(Secret kept) {
    String text = kept.reveal();
    int end = text.indexOf('\n');
    Instant until = end < 0 || !text.endsWith("\n") ? null : Rfc3339.parse(text.substring(0, end));
    if (until == null || end == text.length() - 1) {
      return null;
    }
    try {
      return new RegistryPassword(Secret.of(text.substring(end + 1, text.length() - 1)), until);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
