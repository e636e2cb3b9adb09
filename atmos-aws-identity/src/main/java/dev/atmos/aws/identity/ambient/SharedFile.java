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
 * @param path the file, which may not exist; null if the user has no home directory
 * @param profile the profile's name
 * @param profiles the names of all profiles of the file
 * @param properties the profile's properties, by names in any case, as for the AWS CLI; null if the
 *     file doesn't have the profile
 */
record SharedFile(
    @Nullable Path path,
    String profile,
    List<String> profiles,
    @Nullable Map<String, Secret> properties) {

  /**
   * The first line of the first of these properties that isn't absent or empty; null for none.
   * Further lines are comments or nested, and not part of a key.
   */
  @Nullable Secret field(String... names) {
    for (String name : names) {
      Secret value = properties == null ? null : properties.get(name);
      String text = value == null ? "" : value.reveal();
      int end = text.indexOf('\n');
      if (end != 0 && !text.isEmpty()) {
        return end < 0 ? value : Secret.of(text.substring(0, end));
      }
    }
    return null;
  }

  /** The profile and the file, for messages. */
  String describe() {
    return "profile " + DisplayNames.quoted(profile) + " in " + path;
  }
}
