package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.AwsPaths;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.ini.IniReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The AWS tools' files of credentials and configuration. On the token path.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/topic/config-vars.html">AWS CLI,
 *     configuration variables</a>
 */
final class SharedFiles {
  private static final int LIMIT = 8 * 1024 * 1024;
  private static final String DEFAULT = "default";

  private final AmbientEnvironment environment;
  private final @Nullable Path credentialsPath;
  private final @Nullable Path configPath;
  private final IniReader credentials;
  private final IniReader config;

  /** Reads the files. */
  SharedFiles(AmbientEnvironment environment) {
    this.environment = environment;
    this.credentialsPath = AwsPaths.credentials(environment.services());
    this.credentials = read(credentialsPath, false);
    this.configPath = AwsPaths.config(environment.services());
    this.config = read(configPath, true);
  }

  private IniReader read(@Nullable Path path, boolean configuration) {
    byte[] content;
    try {
      content =
          path == null
              ? new byte[0]
              : environment.services().files().read(path, LIMIT).orElse(new byte[0]);
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't read " + path + ": " + FileReason.of(e), null, e);
    }
    IniReader reader = IniReader.read(new String(content, StandardCharsets.UTF_8), configuration);
    if (reader.problem() != null) {
      throw new AtmosException(
          ExitCode.USAGE, path + ":" + reader.problemLine() + ": " + reader.problem());
    }
    return reader;
  }

  IniReader content(boolean ofCredentials) {
    return ofCredentials ? credentials : config;
  }

  /** The file, which may not exist; null if the user has no home directory. */
  @Nullable Path path(boolean ofCredentials) {
    return ofCredentials ? credentialsPath : configPath;
  }

  /** The profile that the variables choose, which exists or is the default one. */
  AwsProfile selected() {
    String named = environment.variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE");
    String name = named == null ? DEFAULT : named;
    AwsProfile profile = new AwsProfile(name, this);
    if (!profile.exists() && !name.equals(DEFAULT)) {
      throw absent(profile, "");
    }
    return profile;
  }

  /** A profile is named and doesn't exist. */
  AtmosException absent(AwsProfile profile, String by) {
    List<String> profiles = new ArrayList<>(credentials.profiles().keySet());
    profiles.addAll(config.profiles().keySet());
    List<String> nearest = NearestNames.of(profile.name(), profiles);
    return environment.failure(
        ExitCode.USAGE,
        (hasNoPlace()
                ? "can't look for " + profile.described() + ": the user has no home directory"
                : "no " + profile.described() + places())
            + by,
        nearest.isEmpty() ? null : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  boolean hasNoPlace() {
    return credentialsPath == null && configPath == null;
  }

  /** Where profiles are looked for, for messages. */
  String places() {
    if (credentialsPath == null) {
      return " in " + configPath;
    }
    return " in " + credentialsPath + (configPath == null ? "" : " or " + configPath);
  }

  /**
   * The first line of a property, by its name in any case, as for the AWS CLI; null if it is absent
   * or empty. Further lines are comments or nested, and no part of it.
   */
  static @Nullable String field(@Nullable Map<String, String> section, String property) {
    String text = null;
    if (section != null) {
      for (Map.Entry<String, String> each : section.entrySet()) {
        text = each.getKey().equalsIgnoreCase(property) ? each.getValue() : text;
      }
    }
    int end = text == null ? 0 : text.indexOf('\n');
    return text == null || text.isEmpty() || end == 0
        ? null
        : end < 0 ? text : text.substring(0, end);
  }
}
