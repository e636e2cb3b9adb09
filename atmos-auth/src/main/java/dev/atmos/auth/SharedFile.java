package dev.atmos.auth;

import dev.atmos.plugin.Secret;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shared file, and the profile that is meant.
 *
 * @param path where the file is, or would be; null if there is no home directory to look below
 * @param profile the name of the profile, which the file may not have
 * @param profiles the properties of all profiles of the file, by their names
 */
record SharedFile(@Nullable Path path, String profile, Map<String, Map<String, Secret>> profiles) {

  /** The properties of the profile; null if the file doesn't have it. */
  @Nullable Map<String, Secret> properties() {
    return profiles.get(profile);
  }

  /**
   * The first line of a property of the profile; null if there is none, or if it says nothing.
   * Names count in any case, as for the AWS CLI. What continues on further lines is a comment or
   * nested, and no part of a key.
   */
  @Nullable Secret field(String name) {
    Map<String, Secret> properties = properties();
    if (properties == null) {
      return null;
    }
    Secret value = properties.get(name);
    if (value == null) {
      for (Map.Entry<String, Secret> property : properties.entrySet()) {
        if (property.getKey().equalsIgnoreCase(name)) {
          value = property.getValue();
        }
      }
    }
    if (value == null) {
      return null;
    }
    String text = value.reveal();
    int end = text.indexOf('\n');
    if (end < 0) {
      return text.isEmpty() ? null : value;
    }
    return end == 0 ? null : Secret.of(text.substring(0, end));
  }

  /** The profile and the file, for messages. */
  String describe() {
    return "profile " + DisplayNames.quoted(profile) + " in " + path;
  }
}
