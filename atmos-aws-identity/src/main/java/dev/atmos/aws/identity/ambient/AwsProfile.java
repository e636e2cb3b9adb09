package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.DisplayNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One profile of the shared files. A property of the credentials file stands above that of the
 * configuration file.
 *
 * @param name the profile's name
 * @param files the files
 */
record AwsProfile(String name, SharedFiles files) {

  boolean exists() {
    return in(true) != null || in(false) != null;
  }

  boolean has(String property) {
    return field(property) != null;
  }

  /** The property; null if it is absent or empty. */
  @Nullable String field(String property) {
    Secret first = field(true, property);
    Secret found = first == null ? field(false, property) : first;
    return found == null ? null : found.reveal();
  }

  /**
   * The first of these properties that one of the files has and that isn't empty; null for none.
   *
   * @param credentials whether the credentials file is meant
   */
  @Nullable Secret field(boolean credentials, String... properties) {
    for (String property : properties) {
      String text = SharedFiles.field(in(credentials), property);
      if (text != null) {
        return Secret.of(text);
      }
    }
    return null;
  }

  private @Nullable Map<String, String> in(boolean credentials) {
    return files.content(credentials).profiles().get(name);
  }

  /** The profile, for messages. */
  String described() {
    return "profile " + DisplayNames.quoted(name);
  }

  /** The profile and one of its files, for messages. */
  String describedIn(boolean credentials) {
    return described() + " in " + files.path(credentials);
  }
}
