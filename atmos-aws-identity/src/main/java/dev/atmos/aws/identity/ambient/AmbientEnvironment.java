package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment that credentials are looked for in. On the token path.
 *
 * @param identity the identity's name, for messages; null if no identities are configured
 */
record AmbientEnvironment(Services services, @Nullable String identity) {

  /** The first of these variables that isn't blank, trimmed as the AWS SDKs do; null for none. */
  @Nullable String variable(String... names) {
    for (String name : names) {
      String text = services.environment().get(name).orElse("").trim();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** A failure, which names the identity if one is configured. */
  AtmosException failure(ExitCode exitCode, String problem, @Nullable String hint) {
    return new AtmosException(
        exitCode,
        identity == null ? problem : "identity " + DisplayNames.quoted(identity) + ": " + problem,
        hint,
        null);
  }

  /**
   * The path that a variable names, else one below the home directory; null if the user has none.
   *
   * @param below the names below the home directory
   */
  @Nullable Path path(String variable, String... below) {
    Optional<Path> home = services.directories().home();
    String named = variable(variable);
    if (named == null) {
      Path path = home.orElse(null);
      for (int i = 0; i < below.length && path != null; i++) {
        path = path.resolve(below[i]);
      }
      return path;
    }
    try {
      Path directory = services.directories().workingDirectory();
      Path tilde = directory.getFileSystem().getPath("~");
      Path path = directory.getFileSystem().getPath(named.contains("$") ? expanded(named) : named);
      if (!path.startsWith(tilde)) {
        return directory.resolve(path);
      }
      if (home.isEmpty()) {
        throw new AtmosException(
            ExitCode.USAGE, variable + " begins with ~, and the user has no home directory");
      }
      return home.get().resolve(tilde.relativize(path));
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path", null, e);
    }
  }

  /** With the values of the variables that it names and that are set, as the AWS CLI has it. */
  private String expanded(String path) {
    return Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})")
        .matcher(path)
        .replaceAll(found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(services.environment().get(name).orElse(found.group()));
        });
  }
}
