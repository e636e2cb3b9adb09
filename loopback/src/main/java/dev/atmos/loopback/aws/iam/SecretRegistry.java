package dev.atmos.loopback.aws.iam;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes secrets and remembers each, so that a test can look for it where it must not be. */
public final class SecretRegistry {
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger names = new AtomicInteger();
  private final List<String> secrets = new CopyOnWriteArrayList<>();

  /** A new secret of so many letters, digits, pluses and slashes. */
  public String secret(int length) {
    return random(Base64.getEncoder(), length);
  }

  /** A new secret of so many letters, digits, dashes and underscores. */
  public String urlSafe(int length) {
    return random(Base64.getUrlEncoder(), length);
  }

  private String random(Base64.Encoder encoder, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return remember(encoder.encodeToString(bytes).substring(0, length));
  }

  /** Remembers a secret and returns it. */
  public String remember(String secret) {
    secrets.add(secret);
    return secret;
  }

  /** A new name, which is not secret: a prefix and a number, twenty characters together. */
  public String name(String prefix) {
    String number = Integer.toString(names.incrementAndGet());
    return prefix + "0".repeat(20 - prefix.length() - number.length()) + number;
  }

  /** All secrets until now. */
  public List<String> all() {
    return List.copyOf(secrets);
  }
}
