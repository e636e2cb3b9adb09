package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.services.Services;
import dev.atmos.text.Rfc3339;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sign-in without asking the store that has it: a file for each, without a
 * secret. The first line is the name of the store.
 *
 * <pre>
 * system
 * until=2025-01-15T20:00:00Z
 * since=2025-01-15T12:00:00Z
 * renews
 * </pre>
 *
 * <p>Builds that knew no more than the store wrote that line alone.
 */
public final class SignInRecords {
  private static final String UNTIL = "until=";
  private static final String SINCE = "since=";
  private static final String RENEWS = "renews";

  private final EntryFiles entries;
  private final StateFiles files;

  /**
   * How long a sign-in lasts.
   *
   * @param until when its grant expires; {@link Instant#MAX} where that isn't known, and null where
   *     it has no grant
   * @param since when the user has signed in; null where that isn't known
   * @param renews whether a new grant needs no user
   */
  public record Times(@Nullable Instant until, @Nullable Instant since, boolean renews) {
    /** Of a sign-in of which nothing is known. */
    public static final Times NONE = new Times(null, null, false);
  }

  private SignInRecords(Services context, Path directory) {
    this.entries = new EntryFiles(context, directory);
    this.files = new StateFiles(context);
  }

  /** Those of that context; null without a home, where nothing is kept. */
  public static @Nullable SignInRecords of(Services context) {
    Path directory = new StateFiles(context).signIn();
    return directory == null ? null : new SignInRecords(context, directory.resolve("stores"));
  }

  /** The sign-ins that have a record. */
  List<CredentialKey> keys() {
    return entries.keys();
  }

  Path file(CredentialKey key) {
    return entries.path(key);
  }

  /** The store that a record names; null for none, and where it is damaged. */
  @Nullable String store(CredentialKey key) {
    return StateFiles.name(text(key).lines().findFirst().orElse(""));
  }

  /** How long a sign-in lasts. */
  public Times times(CredentialKey key) {
    Instant until = null;
    Instant since = null;
    boolean renews = false;
    String text = text(key);
    int begin = 0;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin);
      String line = text.substring(begin, end < 0 ? text.length() : end);
      begin += line.length() + 1;
      if (line.equals(UNTIL)) {
        until = Instant.MAX;
      } else if (line.startsWith(UNTIL)) {
        until = Rfc3339.parse(line.substring(UNTIL.length()));
      } else if (line.startsWith(SINCE)) {
        since = Rfc3339.parse(line.substring(SINCE.length()));
      } else if (line.equals(RENEWS)) {
        renews = true;
      }
    }
    return new Times(until, since, renews);
  }

  /** Writes a record, unless it is there already. */
  void write(CredentialKey key, String store, Times times) {
    StringBuilder text = new StringBuilder(store).append('\n');
    if (times.until() != null) {
      boolean known = !times.until().equals(Instant.MAX);
      text.append(UNTIL).append(known ? times.until().toString() : "").append('\n');
    }
    if (times.since() != null) {
      text.append(SINCE).append(times.since()).append('\n');
    }
    text.append(times.renews() ? RENEWS + "\n" : "");
    if (!text.toString().equals(text(key))) {
      files.write(entries.path(key), text.toString());
    }
  }

  boolean delete(CredentialKey key) {
    return entries.delete(key);
  }

  private String text(CredentialKey key) {
    return files.text(entries.path(key));
  }
}
