package dev.atmos.loopback.aws;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes secrets up, and remembers each, so that a test can look for it where it must not be. */
final class Secrets {
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<String> made = new CopyOnWriteArrayList<>();

  /** A secret of so many letters, digits, pluses and slashes. */
  String secret(int length) {
    return remember(Base64.getEncoder().encodeToString(bytes(length)).substring(0, length));
  }

  /** A secret of so many letters, digits, dashes and underscores. */
  String urlSafe(int length) {
    return remember(Base64.getUrlEncoder().encodeToString(bytes(length)).substring(0, length));
  }

  String remember(String secret) {
    made.add(secret);
    return secret;
  }

  /** A name that is no secret: a prefix and a number, twenty characters together. */
  String name(String prefix) {
    String number = Integer.toString(numbers.incrementAndGet());
    return prefix + "0".repeat(20 - prefix.length() - number.length()) + number;
  }

  List<String> all() {
    return List.copyOf(made);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
