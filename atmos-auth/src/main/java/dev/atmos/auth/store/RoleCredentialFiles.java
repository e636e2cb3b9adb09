package dev.atmos.auth.store;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short-lived credentials of roles: for each fingerprint a directory with the files {@code
 * credentials} and {@code config}, which the AWS tools can read too. The time until which they are
 * good stands in a comment above their section.
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
  private static final int MOST_BYTES = 1024 * 1024;
  private static final String CREDENTIALS = "credentials";
  private static final String CONFIG = "config";

  private final Services context;
  private final @Nullable Path directory;

  /** Below the directories of that context; without a home, nothing is kept. */
  public RoleCredentialFiles(Services context) {
    this.context = context;
    this.directory = StateDirectories.roles(context.directories());
  }

  /**
   * What is kept, be it still good or not; empty if there is nothing.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if there is something that can't be used;
   *     writing replaces it
   */
  public Optional<AwsCredentials> read(Fingerprint fingerprint) {
    Path file = file(fingerprint, CREDENTIALS);
    if (file == null) {
      return Optional.empty();
    }
    Optional<byte[]> content;
    try {
      content = context.privateFiles().read(file, MOST_BYTES);
    } catch (IOException e) {
      throw StoreFailures.unreadable(file, e);
    }
    if (content.isEmpty()) {
      return Optional.empty();
    }
    RoleCredentialText.Found found = RoleCredentialText.read(content.get());
    if (found.problem() != null) {
      throw StoreFailures.unusable(file, found.problem());
    }
    return Optional.ofNullable(found.credentials());
  }

  /** Where the credentials of a fingerprint are, if there are any; empty where nothing is kept. */
  public Optional<Path> credentialsFile(Fingerprint fingerprint) {
    return Optional.ofNullable(file(fingerprint, CREDENTIALS));
  }

  /**
   * The file that who renews the credentials of a fingerprint locks meanwhile; empty where nothing
   * is kept.
   */
  public Optional<Path> lock(Fingerprint fingerprint) {
    Path locks = StateDirectories.locks(context.directories());
    return locks == null
        ? Optional.empty()
        : Optional.of(locks.resolve("role-" + fingerprint.hex() + ".lock"));
  }

  /**
   * Keeps credentials. To be called under the lock.
   *
   * @param profile the name of the profile; see {@link ProfileNames}
   * @param credentials with a session token and an end
   * @param region goes into {@code config}; null where there is none
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
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put("aws_access_key_id", credentials.accessKeyId());
    values.put("aws_secret_access_key", credentials.secretAccessKey().reveal());
    values.put("aws_session_token", credentials.sessionToken().reveal());
    IniText text = text(file);
    text.set(profile, until.truncatedTo(ChronoUnit.SECONDS).toString(), values);
    write(file, text);
    Map<String, @Nullable String> settings = new HashMap<>();
    settings.put("region", region);
    IniText configText = text(config);
    byte[] before = configText.bytes();
    configText.set(configTitle(profile), null, settings);
    if (!java.util.Arrays.equals(before, configText.bytes())) {
      write(config, configText);
    }
  }

  private static String configTitle(String profile) {
    return profile.equals("default") ? profile : "profile " + profile;
  }

  /** All that are kept, sorted by fingerprint. */
  public List<StoredItem.Role> items() {
    List<StoredItem.Role> items = new ArrayList<>();
    if (directory == null) {
      return items;
    }
    List<String> names;
    try {
      names = context.files().list(directory).orElse(List.of());
    } catch (IOException e) {
      throw StoreFailures.unreadable(directory, e);
    }
    for (Fingerprint fingerprint : Fingerprint.among(names)) {
      Path place = directory.resolve(fingerprint.hex());
      items.add(new StoredItem.Role(fingerprint, profiles(place.resolve(CREDENTIALS)), place));
    }
    return items;
  }

  /**
   * Removes all that is kept under a fingerprint, what an interrupted write has left among it;
   * false if there was nothing.
   */
  public boolean delete(Fingerprint fingerprint) {
    Path file = file(fingerprint, CREDENTIALS);
    Path place = file == null ? null : file.getParent();
    if (place == null) {
      return false;
    }
    try {
      for (String name : context.files().list(place).orElse(List.of())) {
        context.privateFiles().delete(place.resolve(name));
      }
      return context.privateFiles().delete(place);
    } catch (IOException e) {
      throw StoreFailures.unremovable(place, e);
    }
  }

  /** Whatever is there, it can be removed; its names are for people. */
  private List<String> profiles(Path file) {
    try {
      Optional<byte[]> content = context.privateFiles().read(file, MOST_BYTES);
      return content.isEmpty() ? List.of() : new IniText(content.get()).noted();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * What is there; one that mayn't be read, as somebody else may have put it there, is replaced.
   */
  private IniText text(Path file) {
    try {
      return new IniText(context.privateFiles().read(file, MOST_BYTES).orElse(new byte[0]));
    } catch (IOException e) {
      context.console().debug(StoreFailures.unreadable(file, e).sentence());
      return new IniText(new byte[0]);
    }
  }

  private void write(Path file, IniText text) {
    try {
      context.privateFiles().write(file, text.bytes());
    } catch (IOException e) {
      throw StoreFailures.unwritable(file, e);
    }
  }

  private @Nullable Path file(Fingerprint fingerprint, String name) {
    return directory == null ? null : directory.resolve(fingerprint.hex()).resolve(name);
  }
}
