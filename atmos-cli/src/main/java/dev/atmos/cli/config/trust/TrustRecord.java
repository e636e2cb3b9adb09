package dev.atmos.cli.config.trust;

import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user has approved of a file: none of its text, but the digests of values, each with its
 * effect and the keys that lead to it; of the scripts that commands name; and of the definitions
 * that send something to a host.
 *
 * @param path the file's real path
 * @param approvals what is approved
 */
public record TrustRecord(String path, Set<Approval> approvals) {
  private static final String FIRST_LINE = "atmos-trust 2";
  private static final String PATH = "path ";

  /** Begins the subject of a script; its path follows. */
  static final String SCRIPT = "SCRIPT ";

  /** Begins the subject of a definition; its keys and its file follow. */
  static final String DEFINITION = "DEFINITION ";

  /** Begins the subject of a link out of its project; the path of the link follows. */
  static final String LINK = "LINK ";

  /** Stands between the keys of a definition and its file, where that is another one. */
  static final String IN = " in ";

  /**
   * One approval.
   *
   * @param digest the SHA-256 of what is approved
   * @param subject what that is: an effect and the keys of a value, a script, or a definition
   */
  public record Approval(String digest, String subject) {
    /** Of a command whose files can't be told: no record holds it. */
    static final Approval NEVER = new Approval("", "");

    /** Whether it is of a script. */
    public boolean isScript() {
      return subject.startsWith(SCRIPT);
    }

    /** Whether it is of a definition. */
    public boolean isDefinition() {
      return subject.startsWith(DEFINITION);
    }
  }

  /** The record with what requests need in place of what was approved of the same subjects. */
  public TrustRecord with(List<TrustRequest> requests) {
    Set<Approval> all = new LinkedHashSet<>();
    requests.stream()
        .filter(TrustRequest::canBeGranted)
        .forEach(request -> all.addAll(request.approvals()));
    Set<String> subjects = new HashSet<>();
    all.forEach(approval -> subjects.add(approval.subject()));
    approvals.stream().filter(old -> !subjects.contains(old.subject())).forEach(all::add);
    return new TrustRecord(path, all);
  }

  /** The record without some approvals. */
  public TrustRecord without(List<Approval> some) {
    Set<Approval> left = new LinkedHashSet<>(approvals);
    some.forEach(left::remove);
    return new TrustRecord(path, left);
  }

  /** The SHA-256 of a text. */
  static String sha256(String text) {
    return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first thing that isn't approved as it is now; null if all is. */
  public @Nullable Approval missing(TrustRequest request) {
    for (Approval approval : request.approvals()) {
      if (!approvals.contains(approval)) {
        return approval;
      }
    }
    return null;
  }

  /** Whether something was approved of that subject. */
  public boolean knows(String subject) {
    return approvals.stream().anyMatch(approval -> approval.subject().equals(subject));
  }

  /** The content of the record's file: one line for the path and for each approval. */
  public byte[] write() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(PATH).append(escape(path)).append('\n');
    for (Approval approval : approvals) {
      text.append(approval.digest()).append(' ').append(escape(approval.subject())).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The record with that content; null for a content that {@link #write} hasn't made. */
  public static @Nullable TrustRecord read(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    int last = lines.length - 1;
    if (last < 2
        || !lines[0].equals(FIRST_LINE)
        || !lines[1].startsWith(PATH)
        || !lines[last].isEmpty()) {
      // The last line has no end: a file that was cut off.
      return null;
    }
    try {
      Set<Approval> approvals = new LinkedHashSet<>();
      for (int i = 2; i < last; i++) {
        int blank = lines[i].indexOf(' ');
        approvals.add(
            new Approval(lines[i].substring(0, blank), unescape(lines[i].substring(blank + 1))));
      }
      return new TrustRecord(unescape(lines[1].substring(PATH.length())), approvals);
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
