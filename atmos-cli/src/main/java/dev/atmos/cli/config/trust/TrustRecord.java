package dev.atmos.cli.config.trust;

import dev.atmos.plugin.config.Effect;
import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an approved file: enough to know it again and to see what has changed, but
 * none of its text.
 *
 * @param path its real path
 * @param digest the SHA-256 of its bytes
 * @param values the values in it that needed approval
 */
public record TrustRecord(String path, String digest, List<Value> values) {
  private static final String FIRST_LINE = "atmos-trust 1";
  private static final String PATH = "path ";
  private static final String DIGEST = "sha256 ";

  /**
   * A value that needed approval.
   *
   * @param effect what is done with it
   * @param key the keys that lead to it
   * @param digest the SHA-256 of its text
   */
  public record Value(Effect effect, String key, String digest) {

    /** The record of a requested value. */
    static Value of(TrustRequest request) {
      return new Value(request.effect(), request.key(), sha256(request.text()));
    }
  }

  /** Copies the list. */
  public TrustRecord {
    values = List.copyOf(values);
  }

  /** The record of a file whose values were shown. */
  public static TrustRecord of(String path, byte[] bytes, List<TrustRequest> requests) {
    List<Value> values = new ArrayList<>();
    for (TrustRequest request : requests) {
      values.add(Value.of(request));
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

  /** Whether no value with that effect was approved at that key. */
  public boolean isNew(TrustRequest request) {
    return find(request) == null;
  }

  /** Whether another value with that effect was approved at that key. */
  public boolean isChanged(TrustRequest request) {
    Value known = find(request);
    return known != null && !known.equals(Value.of(request));
  }

  private @Nullable Value find(TrustRequest request) {
    for (Value value : values) {
      if (value.effect() == request.effect() && value.key().equals(request.key())) {
        return value;
      }
    }
    return null;
  }

  /** The content of the record's file: one line for the path, the digest and each value. */
  public byte[] write() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(PATH).append(escape(path)).append('\n');
    text.append(DIGEST).append(digest).append('\n');
    for (Value value : values) {
      text.append(value.effect().name()).append(' ').append(value.digest()).append(' ');
      text.append(escape(value.key())).append('\n');
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
      List<Value> values = new ArrayList<>();
      for (int i = 3; i < last; i++) {
        int effect = lines[i].indexOf(' ');
        int digest = lines[i].indexOf(' ', effect + 1);
        values.add(
            new Value(
                Effect.valueOf(lines[i].substring(0, effect)),
                unescape(lines[i].substring(digest + 1)),
                lines[i].substring(effect + 1, digest)));
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
