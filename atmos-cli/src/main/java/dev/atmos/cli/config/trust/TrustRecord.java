package dev.atmos.cli.config.trust;

import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an approved file: enough to know it again and to see what has changed, but
 * none of its text.
 *
 * @param path its real path
 * @param digest the SHA-256 of its bytes
 * @param values the SHA-256 of each value that needed approval, by its {@linkplain
 *     TrustRequest#place place}
 */
public record TrustRecord(String path, String digest, Map<String, String> values) {
  private static final String FIRST_LINE = "atmos-trust 1";
  private static final String PATH = "path ";
  private static final String DIGEST = "sha256 ";

  /** The record of a file whose values were shown. */
  public static TrustRecord of(String path, byte[] bytes, List<TrustRequest> requests) {
    Map<String, String> values = new LinkedHashMap<>();
    for (TrustRequest request : requests) {
      values.putIfAbsent(request.place(), request.digest());
    }
    return new TrustRecord(path, Digests.sha256Hex(bytes), values);
  }

  /** The SHA-256 of a text. */
  static String sha256(String text) {
    return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether these are the bytes that were approved. */
  public boolean matches(byte[] bytes) {
    return digest.equals(Digests.sha256Hex(bytes));
  }

  /** The content of the record's file: one line for the path, the digest and each value. */
  public byte[] write() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(PATH).append(escape(path)).append('\n');
    text.append(DIGEST).append(digest).append('\n');
    for (Map.Entry<String, String> value : values.entrySet()) {
      text.append(value.getValue()).append(' ').append(escape(value.getKey())).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The record with that content; null for a content that {@link #write} hasn't made. */
  public static @Nullable TrustRecord read(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    int last = lines.length - 1;
    if (last < 3
        || !lines[0].equals(FIRST_LINE)
        || !lines[1].startsWith(PATH)
        || !lines[2].startsWith(DIGEST)
        || !lines[last].isEmpty()) {
      // The last line has no end: a file that was cut off.
      return null;
    }
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 3; i < last; i++) {
        int blank = lines[i].indexOf(' ');
        values.put(unescape(lines[i].substring(blank + 1)), lines[i].substring(0, blank));
      }
      String path = unescape(lines[1].substring(PATH.length()));
      return new TrustRecord(path, lines[2].substring(DIGEST.length()), values);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescape(String text) {
    return text.indexOf('\\') < 0 ? text : text.translateEscapes();
  }
}
