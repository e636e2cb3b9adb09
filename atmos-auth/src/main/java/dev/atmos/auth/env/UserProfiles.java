package dev.atmos.auth.env;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.AwsPaths;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.ini.IniReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The user's own files of the AWS tools, also in a program that atmos has given others: those say
 * in their first lines which ones are the user's.
 */
final class UserProfiles {
  static final String DEFAULT = "default";

  /** How lines of a generated file begin that name the user's own. */
  private static final String OWN_CONFIG = "# config: ";

  private static final String OWN_CREDENTIALS = "# credentials: ";
  private static final String OWN_VARIABLE = "# variable: ";

  private static final int LIMIT = 8 * 1024 * 1024;

  /** What a key is called, or the rest of a name that ends like one. */
  private static final List<String> SECRETS =
      List.of("aws_access_key_id", "_key", "_token", "password", "secret", "passphrase");

  private final Services services;
  private final @Nullable Path config;
  private final @Nullable Path credentials;
  private final @Nullable Map<String, String> replaced;

  private UserProfiles(
      Services services,
      @Nullable Path config,
      @Nullable Path credentials,
      @Nullable Map<String, String> replaced) {
    this.services = services;
    this.config = config;
    this.credentials = credentials;
    this.replaced = replaced;
  }

  /**
   * Those of the user of these services. Of the files themselves, nothing is read yet.
   *
   * @param generated the directory of the files that atmos gives programs; null for none
   */
  static UserProfiles of(Services services, @Nullable Path generated) {
    Path named = AwsPaths.config(services);
    if (named == null || generated == null || !named.startsWith(generated)) {
      return new UserProfiles(services, named, AwsPaths.credentials(services), null);
    }
    String text = "";
    try {
      text = text(services.files().read(named, LIMIT));
    } catch (IOException e) {
      services.console().debug("can't read " + named + ": " + FileReason.of(e));
    }
    Map<String, String> variables = new TreeMap<>();
    for (String line : text.lines().takeWhile(line -> line.startsWith("#")).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith(OWN_VARIABLE) && equals > 0) {
        variables.put(line.substring(OWN_VARIABLE.length(), equals), line.substring(equals + 1));
      }
    }
    return new UserProfiles(
        services,
        line(services, text, OWN_CONFIG, "config"),
        line(services, text, OWN_CREDENTIALS, "credentials"),
        variables);
  }

  private static @Nullable Path line(Services services, String text, String key, String usual) {
    Path directory = services.directories().workingDirectory();
    for (String line : text.lines().limit(8).toList()) {
      if (line.startsWith(key)) {
        try {
          return directory.getFileSystem().getPath(line.substring(key.length()));
        } catch (InvalidPathException e) {
          services.console().debug("not a path: " + e.getMessage());
        }
      }
    }
    return services
        .directories()
        .home()
        .map(home -> home.resolve(".aws").resolve(usual))
        .orElse(null);
  }

  private static String text(Optional<byte[]> content) {
    return content.isPresent() ? new String(content.get(), StandardCharsets.UTF_8) : "";
  }

  /** A variable as the user has set it; empty if it isn't set. */
  String variable(String name) {
    return replaced == null
        ? services.environment().get(name).orElse("")
        : replaced.getOrDefault(name, "");
  }

  /**
   * The lines of a generated file by which these are found again.
   *
   * @param variables the user's, as far as a profile in the file depends on them
   */
  String lines(Map<String, String> variables) {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> each : variables.entrySet()) {
      if (!each.getValue().isEmpty()) {
        lines.append(OWN_VARIABLE).append(each.getKey()).append('=').append(each.getValue());
        lines.append('\n');
      }
    }
    return (config == null ? "" : OWN_CONFIG + config + "\n")
        + (credentials == null ? "" : OWN_CREDENTIALS + credentials + "\n")
        + lines;
  }

  /** The configuration file; null if the user has no home directory. */
  @Nullable Path config() {
    return config;
  }

  /** The credentials file; null if the user has no home directory. */
  @Nullable Path credentials() {
    return credentials;
  }

  /** The variables that the user has set; those of usual places aren't needed. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    Optional<Path> home = services.directories().home();
    if (replaced != null && home.isPresent()) {
      Path usual = home.get().resolve(".aws");
      if (config != null && !config.equals(usual.resolve("config"))) {
        variables.put(IdentityEnvironment.CONFIG_FILE, config.toString());
      }
      if (credentials != null && !credentials.equals(usual.resolve("credentials"))) {
        variables.put(IdentityEnvironment.CREDENTIALS_FILE, credentials.toString());
      }
    }
    return variables;
  }

  /** Whether the variables name files that atmos has made. */
  boolean isReplaced() {
    return replaced != null;
  }

  /**
   * Reads both files.
   *
   * @param block what atmos has written into the configuration file for this configuration, which
   *     doesn't count
   * @throws AtmosException with {@link ExitCode#USAGE} if one can't be read
   */
  Content read(@Nullable ProfileBlock block) {
    IniReader keys = reader(credentials, read(credentials), false);
    String text = read(config);
    return new Content(keys, reader(config, block == null ? text : block.without(text), true));
  }

  private String read(@Nullable Path path) {
    try {
      return path == null ? "" : text(services.files().read(path, LIMIT));
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.USAGE, "can't read " + path + ": " + FileReason.of(e), null, e);
    }
  }

  private static IniReader reader(@Nullable Path path, String text, boolean configuration) {
    IniReader reader = IniReader.read(text, configuration);
    if (reader.problem() != null) {
      throw new AtmosException(
          ExitCode.USAGE, path + ":" + reader.problemLine() + ": " + reader.problem());
    }
    return reader;
  }

  /**
   * What the files hold.
   *
   * @param credentials of the credentials file, whose properties stand above those of the other
   * @param config of the configuration file
   */
  record Content(IniReader credentials, IniReader config) {

    /** Nothing. */
    static Content none() {
      return new Content(IniReader.read("", false), IniReader.read("", true));
    }

    /** The names of all profiles. */
    Set<String> names() {
      Set<String> names = new HashSet<>(config.profiles().keySet());
      names.addAll(credentials.profiles().keySet());
      return names;
    }

    /** A property of a profile, by its name in any case; null if it is absent or empty. */
    @Nullable String property(String profile, String name) {
      String found = null;
      for (IniReader file : List.of(config, credentials)) {
        for (Map.Entry<String, String> each :
            file.profiles().getOrDefault(profile, Map.of()).entrySet()) {
          found = each.getKey().equalsIgnoreCase(name) ? each.getValue() : found;
        }
      }
      return found == null || found.isEmpty() ? null : found;
    }

    /** Whether a profile has keys of its own. */
    boolean hasKeys(String profile) {
      return property(profile, "aws_access_key_id") != null;
    }

    /** The properties of a profile that hold no secret. */
    Map<String, String> plain(String profile) {
      Map<String, String> plain = new LinkedHashMap<>();
      for (IniReader file : List.of(config, credentials)) {
        file.profiles()
            .getOrDefault(profile, Map.of())
            .forEach((name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (SECRETS.stream().noneMatch(lower::endsWith)) {
                plain.put(lower, value);
              }
            });
      }
      return plain;
    }
  }
}
