package dev.atmos.auth.store;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.ClockSkew;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.ini.IniReader;
import dev.atmos.text.ini.IniWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short-lived credentials of roles: for each fingerprint a directory with the files {@code
 * credentials} and {@code config}, which the AWS tools can read too. Only atmos writes them, and
 * always as a whole. The first line says until when the credentials are valid. A second one has the
 * {@link ClockSkew} at that time, if there was one.
 *
 * <pre>
 * ; atmos: expiration=2025-01-15T13:00:00Z
 * [dev]
 * aws_access_key_id = ASIA...
 * aws_secret_access_key = ...
 * aws_session_token = ...
 * </pre>
 *
 * <p>Reading is on the token path, and opens one file.
 */
public final class RoleCredentialFiles {
  private static final String CREDENTIALS = "credentials";
  private static final String CONFIG = "config";
  private static final String EXPIRATION = "atmos: expiration=";
  private static final String CLOCK = "atmos: clock ahead=";
  private static final String KEY_ID = "aws_access_key_id";
  private static final String SECRET_KEY = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  private final Services context;
  private final StateFiles files;
  private final @Nullable Path directory;

  /** Below the directories of that context; without a home, nothing is kept. */
  public RoleCredentialFiles(Services context) {
    this.context = context;
    this.files = new StateFiles(context);
    this.directory = files.roles();
  }

  /**
   * The cached credentials, even if they have expired; empty if none are cached.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if the file can't be used; writing replaces
   *     it
   */
  public Optional<AwsCredentials> read(Fingerprint fingerprint) {
    Path file = file(fingerprint, CREDENTIALS);
    if (file == null) {
      return Optional.empty();
    }
    String text = files.text(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(credentials(file, text));
  }

  /**
   * When the cached credentials expire or expired, by the clock of this machine; null where none
   * can be read.
   */
  public @Nullable Instant expiration(Fingerprint fingerprint) {
    Path file = file(fingerprint, CREDENTIALS);
    String text = file == null ? "" : files.text(file);
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith("; " + EXPIRATION)) {
      return null;
    }
    Instant until = Rfc3339.parse(text.substring(2 + EXPIRATION.length(), end));
    ClockSkew skew =
        text.startsWith("; " + CLOCK, end + 1)
            ? skew(text.substring(end + 3 + CLOCK.length(), text.indexOf('\n', end + 1)))
            : null;
    return until == null || skew == null ? until : until.plus(skew.ahead());
  }

  private @Nullable ClockSkew skew(String kept) {
    return ClockSkew.kept(kept, context.localClock(), context.sleeper());
  }

  private AwsCredentials credentials(Path file, String text) {
    int end = text.indexOf('\n');
    // The last line feed is missing where a file is cut off in its last value.
    if (!text.startsWith("; " + EXPIRATION) || !text.endsWith("\n")) {
      throw StoreFailures.unusable(file, "it is incomplete");
    }
    Instant until = Rfc3339.parse(text.substring(2 + EXPIRATION.length(), end));
    if (until == null) {
      throw StoreFailures.unusable(file, "its expiration is not a time");
    }
    if (text.startsWith("; " + CLOCK, end + 1)) {
      correctClock(text.substring(end + 3 + CLOCK.length(), text.indexOf('\n', end + 1)));
    }
    IniReader ini = IniReader.read(text, false);
    if (ini.problem() != null || ini.profiles().size() != 1) {
      throw StoreFailures.unusable(file, "it is not a file with one profile");
    }
    Map<String, String> properties = ini.profiles().values().iterator().next();
    return AwsCredentials.of(
        word(file, properties, KEY_ID),
        Secret.of(word(file, properties, SECRET_KEY)),
        Secret.of(word(file, properties, TOKEN)),
        until);
  }

  private void correctClock(String kept) {
    ClockSkew skew = skew(kept);
    if (skew != null) {
      context.correctClock(skew);
    }
  }

  /** Visible ASCII, which is all that AWS puts into credentials. */
  private static String word(Path file, Map<String, String> properties, String name) {
    String word = properties.getOrDefault(name, "");
    boolean usable = !word.isEmpty();
    for (int i = 0; i < word.length(); i++) {
      usable &= word.charAt(i) > ' ' && word.charAt(i) <= '~';
    }
    if (!usable) {
      throw StoreFailures.unusable(file, "it has no usable " + name);
    }
    return word;
  }

  /** The file for the credentials of a fingerprint; empty where nothing is kept. */
  public Optional<Path> credentialsFile(Fingerprint fingerprint) {
    return Optional.ofNullable(file(fingerprint, CREDENTIALS));
  }

  /**
   * Keeps credentials in the place of those that were there. To be called under the lock.
   *
   * @param profile the name of the profile; see {@link ProfileNames}
   * @param credentials with a session token and an end
   * @param region goes into {@code config}; null for none
   * @throws IllegalArgumentException if they have no session token or no end: only those of roles
   *     are kept in this way
   * @throws AtmosException with {@link ExitCode#FAILED} if they can't be written
   */
  public void write(
      Fingerprint fingerprint,
      String profile,
      AwsCredentials credentials,
      @Nullable String region) {
    Instant until = credentials.expiresAt();
    if (credentials.sessionToken() == null || until == null) {
      throw new IllegalArgumentException("not the credentials of a role");
    }
    if (!ProfileNames.of(profile).equals(profile)) {
      throw new IllegalArgumentException("not the name of a profile");
    }
    Path file = file(fingerprint, CREDENTIALS);
    Path config = file(fingerprint, CONFIG);
    if (file == null || config == null) {
      return;
    }
    IniWriter text = new IniWriter().comment(EXPIRATION + until.truncatedTo(ChronoUnit.SECONDS));
    context.clockSkew().ifPresent(skew -> text.comment(CLOCK + skew.text()));
    text.section(profile)
        .property(KEY_ID, credentials.accessKeyId())
        .property(SECRET_KEY, credentials.secretAccessKey().reveal())
        .property(TOKEN, credentials.sessionToken().reveal());
    files.write(file, text.text());
    IniWriter settings =
        new IniWriter().section(profile.equals("default") ? profile : "profile " + profile);
    files.write(config, (region == null ? settings : settings.property("region", region)).text());
  }

  // What was made with them is in files of its own beside them, and so goes with them.

  /** Whether secrets may stay after this run: not where the store of sign-ins doesn't. */
  public boolean keepsDerived() {
    String type = new KeyringSettings(context).type();
    return directory != null && (type == null || BuiltInStores.outlivesTheProcess(type));
  }

  /** What was made with the credentials of a fingerprint and kept under a name; empty for none. */
  public Optional<Secret> derived(Fingerprint fingerprint, String name) {
    Path file = file(fingerprint, name);
    String text = file == null ? "" : files.text(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
  }

  /** Keeps what was made with the credentials of a fingerprint; null removes it. */
  public void writeDerived(Fingerprint fingerprint, String name, @Nullable Secret secret) {
    Path file = file(fingerprint, name);
    if (file != null && secret != null) {
      files.write(file, secret.reveal());
    } else if (file != null) {
      files.delete(file);
    }
  }

  /** All that are kept, sorted by fingerprint. */
  public List<StoredItem.Role> items() {
    List<StoredItem.Role> items = new ArrayList<>();
    if (directory != null) {
      for (Fingerprint fingerprint : Fingerprint.among(files.names(directory))) {
        Path place = directory.resolve(fingerprint.hex());
        items.add(new StoredItem.Role(fingerprint, profiles(place.resolve(CREDENTIALS)), place));
      }
    }
    return items;
  }

  /**
   * Removes all that is kept under a fingerprint, remains of interrupted writes included; false if
   * there was nothing.
   */
  public boolean delete(Fingerprint fingerprint) {
    if (directory == null) {
      return false;
    }
    Path place = directory.resolve(fingerprint.hex());
    for (String name : files.names(place)) {
      files.delete(place.resolve(name));
    }
    return files.delete(place);
  }

  /** The names are for people; a file that can't be read has none, and can be removed. */
  private List<String> profiles(Path file) {
    try {
      return List.copyOf(IniReader.read(files.text(file), false).profiles().keySet());
    } catch (AtmosException e) {
      return List.of();
    }
  }

  private @Nullable Path file(Fingerprint fingerprint, String name) {
    return directory == null ? null : directory.resolve(fingerprint.hex()).resolve(name);
  }
}
