package dev.atmos.cli.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a trusted file: enough to know it again, and to say what has changed, but
 * none of its text.
 *
 * @param path its real path
 * @param digest of its bytes
 * @param rest a digest of everything in it but what it asks for, comments left out
 * @param asks what it asked for
 */
record TrustRecord(String path, String digest, String rest, List<Asked> asks) {
  private static final String FIRST_LINE = "atmos-trust 1";

  /**
   * Something that a file asked for.
   *
   * @param kind of what kind it was
   * @param key where it stood
   * @param digest of its text
   */
  record Asked(Ask.Kind kind, String key, String digest) {}

  /** Copies the list. */
  TrustRecord {
    asks = List.copyOf(asks);
  }

  /** As it is kept: a line each, with the texts escaped. */
  byte[] write() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append("path ").append(escape(path)).append('\n');
    text.append("sha256 ").append(digest).append('\n');
    text.append("rest ").append(rest).append('\n');
    for (Asked ask : asks) {
      text.append(ask.kind().name()).append(' ').append(ask.digest()).append(' ');
      text.append(escape(ask.key())).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Null for what isn't exactly what {@link #write} makes. */
  static @Nullable TrustRecord read(byte[] bytes) {
    List<String> lines = lines(new String(bytes, StandardCharsets.UTF_8));
    if (lines == null || lines.size() < 4 || !lines.get(0).equals(FIRST_LINE)) {
      return null;
    }
    String path = after("path ", lines.get(1));
    String digest = after("sha256 ", lines.get(2));
    String rest = after("rest ", lines.get(3));
    if (path == null || digest == null || rest == null || digest.length() != Digests.LENGTH) {
      return null;
    }
    List<Asked> asks = new ArrayList<>();
    for (int i = 4; i < lines.size(); i++) {
      Asked ask = asked(lines.get(i));
      if (ask == null) {
        return null;
      }
      asks.add(ask);
    }
    return new TrustRecord(unescape(path), digest, rest, asks);
  }

  private static @Nullable Asked asked(String line) {
    for (Ask.Kind kind : Ask.Kind.values()) {
      String rest = after(kind.name() + " ", line);
      if (rest != null && rest.length() > Digests.LENGTH && rest.charAt(Digests.LENGTH) == ' ') {
        return new Asked(
            kind, unescape(rest.substring(Digests.LENGTH + 1)), rest.substring(0, Digests.LENGTH));
      }
    }
    return null;
  }

  /** Null if the last one has no end: a file that was cut off is none. */
  private static @Nullable List<String> lines(String text) {
    if (!text.endsWith("\n")) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    return lines;
  }

  private static @Nullable String after(String prefix, String line) {
    return line.startsWith(prefix) ? line.substring(prefix.length()) : null;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char escaped = text.charAt(++i);
        plain.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
