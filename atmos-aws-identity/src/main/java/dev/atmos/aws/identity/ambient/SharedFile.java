package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.Secret;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One profile of a shared file.
 *
 * @param path the file, which may not exist; null if there is no home directory
 * @param profile the profile's name
 * @param profiles the names of all profiles of the file
 * @param properties the profile's properties; null if the file doesn't have the profile
 */
record SharedFile(
    @Nullable Path path,
    String profile,
    List<String> profiles,
    @Nullable Map<String, Secret> properties) {

  /** A file without profiles. */
  static SharedFile empty(@Nullable Path path, String profile) {
    return new SharedFile(path, profile, List.of(), null);
  }

  /**
   * The first line of a property; null if it is absent or empty. Names count in any case, as for
   * the AWS CLI. Further lines are comments or nested, and not part of a key.
   */
  @Nullable Secret field(String name) {
    Map<String, Secret> properties = this.properties;
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
