package dev.atmos.services.system;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of the AWS tools are. On the token path of what the environment offers. */
public final class AwsPaths {
  private AwsPaths() {}

  /** The shared configuration file; null if the user has no home directory. */
  public static @Nullable Path config(PluginContext context) {
    return path(context, "AWS_CONFIG_FILE", ".aws", "config");
  }

  /** The shared credentials file; null if the user has no home directory. */
  public static @Nullable Path credentials(PluginContext context) {
    return path(context, "AWS_SHARED_CREDENTIALS_FILE", ".aws", "credentials");
  }

  /**
   * The path that a variable names, else one below the home directory; null if the user has none.
   *
   * @param below the names below the home directory
   * @throws AtmosException with {@link ExitCode#USAGE} if the variable isn't a path
   */
  public static @Nullable Path path(PluginContext context, String variable, String... below) {
    Optional<Path> home = context.directories().home();
    String named = context.environment().get(variable).orElse("").trim();
    if (named.isEmpty()) {
      Path path = home.orElse(null);
      for (int i = 0; i < below.length && path != null; i++) {
        path = path.resolve(below[i]);
      }
      return path;
    }
    try {
      Path directory = context.directories().workingDirectory();
      Path tilde = directory.getFileSystem().getPath("~");
      Path path =
          directory.getFileSystem().getPath(named.contains("$") ? expanded(context, named) : named);
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
  private static String expanded(PluginContext context, String path) {
    return Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})")
        .matcher(path)
        .replaceAll(found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(context.environment().get(name).orElse(found.group()));
        });
  }
}
