package dev.atmos.auth.store;

import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What credentials were made from, in one word: the steps that lead to them, each with those of its
 * fields that decide whose they are. Credentials are kept by it, so that a configuration that is
 * moved finds them again, and one that says something else under the same name doesn't. On the
 * token path.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
  private static final int LENGTH = 64;
  private static final String FORM = "atmos fingerprint 1";

  /**
   * @throws IllegalArgumentException if it is anything else
   */
  public Fingerprint {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("not a fingerprint");
    }
  }

  /**
   * One step of the way to credentials.
   *
   * @param kind the kind of the provider or identity
   * @param fields what it was told, by names of fields; no secrets. One that says nothing counts as
   *     one that isn't there
   */
  public record Step(String kind, Map<String, String> fields) {

    /** Sorts the fields, and leaves those out that say nothing. */
    public Step {
      TreeMap<String, String> sorted = new TreeMap<>();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        if (!field.getValue().isEmpty()) {
          sorted.put(field.getKey(), field.getValue());
        }
      }
      fields = Collections.unmodifiableMap(sorted);
    }
  }

  /**
   * The fingerprint of what the last of some steps yields.
   *
   * @param realm what keeps equal definitions apart all the same; null or empty for none
   */
  public static Fingerprint of(@Nullable String realm, List<Step> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("credentials come from somewhere");
    }
    StringBuilder text = new StringBuilder(256);
    add(text, FORM);
    add(text, realm == null ? "" : realm);
    for (Step step : steps) {
      add(text, step.kind());
      text.append(step.fields().size()).append('#');
      for (Map.Entry<String, String> field : step.fields().entrySet()) {
        add(text, field.getKey());
        add(text, field.getValue());
      }
    }
    return new Fingerprint(Digests.sha256Hex(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** With its length before it, no text can pass for two. */
  private static void add(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  /** Those of some names that are fingerprints, sorted. */
  static List<Fingerprint> among(List<String> names) {
    return names.stream().filter(Fingerprint::isHex).sorted().map(Fingerprint::new).toList();
  }

  private static boolean isHex(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return hex;
  }
}
