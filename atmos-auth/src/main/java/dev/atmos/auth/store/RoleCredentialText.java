package dev.atmos.auth.store;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.text.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link IniText} has written: the credentials of the sections that have a note with
 * their expiry. All of a file are of one role, so that the ones that live longest are meant,
 * whatever the section is called. On the token path.
 */
final class RoleCredentialText {
  private static final String KEY_ID = "aws_access_key_id";
  private static final String SECRET_KEY = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  private final String text;
  private @Nullable AwsCredentials best;
  private @Nullable Instant bestExpiry;
  private @Nullable String problem;
  private boolean hasSection;

  private boolean ours;
  private int line;
  private int header;
  private @Nullable String expiry;
  private @Nullable String keyId;
  private @Nullable String secretKey;
  private @Nullable String token;

  private RoleCredentialText(String text) {
    this.text = text;
  }

  /**
   * What a file holds: credentials, or why there are none.
   *
   * @param credentials null if there are none
   * @param problem what is wrong, without any of the file's content; null if nothing is
   */
  record Found(@Nullable AwsCredentials credentials, @Nullable String problem) {}

  /** Nothing and no problem where no section is ours. */
  static Found read(byte[] content) {
    return new RoleCredentialText(new String(content, StandardCharsets.ISO_8859_1)).read();
  }

  private Found read() {
    int start = text.startsWith(IniText.BYTE_ORDER_MARK) ? IniText.BYTE_ORDER_MARK.length() : 0;
    boolean blank = true;
    String note = null;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      line++;
      String content = text.substring(start, end).trim();
      blank &= content.isEmpty();
      if (feed < 0 && !content.isEmpty()) {
        // Whatever was written was written with its last line feed.
        return new Found(null, "it is cut off in line " + line);
      }
      if (!content.isEmpty() && text.charAt(start) == '[') {
        close();
        hasSection |= content.indexOf(']') > 0;
        ours = note != null;
        header = line;
        expiry = note;
      } else if (ours && !content.isEmpty()) {
        property(content);
      }
      note = note(content);
      start = end + 1;
    }
    close();
    if (best != null) {
      return new Found(best, null);
    }
    if (problem == null && !blank && !hasSection) {
      problem = "it has no section";
    }
    return new Found(null, problem);
  }

  /** The time that a note holds; null if the line is none. */
  private static @Nullable String note(String content) {
    if (content.isEmpty() || (content.charAt(0) != ';' && content.charAt(0) != '#')) {
      return null;
    }
    int at = 1;
    while (at < content.length() && content.charAt(at) == ' ') {
      at++;
    }
    return content.startsWith(IniText.NOTE, at)
        ? content.substring(at + IniText.NOTE.length())
        : null;
  }

  private void property(String content) {
    int equals = content.indexOf('=');
    if (equals < 0 || content.charAt(0) == ';' || content.charAt(0) == '#') {
      return;
    }
    String name = content.substring(0, equals).trim();
    String value = content.substring(equals + 1).trim();
    if (name.equalsIgnoreCase(KEY_ID)) {
      keyId = value;
    } else if (name.equalsIgnoreCase(SECRET_KEY)) {
      secretKey = value;
    } else if (name.equalsIgnoreCase(TOKEN)) {
      token = value;
    }
  }

  private void close() {
    if (ours) {
      String missing =
          !isWord(keyId) ? KEY_ID : !isWord(secretKey) ? SECRET_KEY : !isWord(token) ? TOKEN : null;
      Instant until = expiry == null ? null : Rfc3339.parse(expiry);
      if (missing != null) {
        problem = "the section in line " + header + " has no usable " + missing;
      } else if (until == null) {
        problem = "the time above line " + header + " is none";
      } else if (bestExpiry == null || until.isAfter(bestExpiry)) {
        bestExpiry = until;
        best =
            AwsCredentials.of(
                String.valueOf(keyId),
                Secret.of(String.valueOf(secretKey)),
                Secret.of(String.valueOf(token)),
                until);
      }
    }
    ours = false;
    keyId = null;
    secretKey = null;
    token = null;
  }

  /** Visible ASCII, which is all that AWS puts into credentials. */
  private static boolean isWord(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
