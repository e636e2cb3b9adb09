package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.Services;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code file}: files under a password that a variable holds, or that the user types. */
final class FileStoreType implements CredentialStoreType {
  static final String KIND = "file";

  private static final String PATH = "path";
  private static final String PASSWORD_ENV = "password_env";
  private static final String PATH_VARIABLE = "ATMOS_KEYRING_FILE_PATH";
  private static final String PASSWORD_ENV_VARIABLE = "ATMOS_KEYRING_PASSWORD_ENV";
  private static final String PASSWORD_VARIABLE = "ATMOS_KEYRING_PASSWORD";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Schema schema() {
    return Schema.object("Files under a password.")
        .optional(
            PATH,
            Schema.text("The directory of a keyring of type file.")
                .withEffect(Effect.PROTECTION)
                .withExample("~/.atmos/keyring"))
        .optional(
            PASSWORD_ENV,
            Schema.text(
                    "The environment variable that holds the password of a keyring of type file.")
                .withPattern("[A-Za-z_][0-9A-Za-z_]*", "the name of an environment variable")
                .withEffect(Effect.PROTECTION)
                .withExample("KEYRING_PASSWORD")
                .withDefault(PASSWORD_VARIABLE));
  }

  @Override
  public CredentialStore create(Definition settings, PluginContext context) {
    Services services = Services.of(context);
    Path path = path(settings, services);
    return new EncryptedStore(
        KIND,
        path == null ? BuiltInStores.files(services, KIND) : new EntryFiles(services, path),
        new PasswordKeys(services, passwordVariable(settings, services)));
  }

  private static String passwordVariable(Definition settings, Services services) {
    return services
        .environment()
        .nonEmpty(PASSWORD_ENV_VARIABLE)
        .or(() -> settings.text(PASSWORD_ENV))
        .filter(name -> !name.isEmpty())
        .orElse(PASSWORD_VARIABLE);
  }

  /**
   * The directory; null for the usual one. As the Go tool has it, what looks like a file's name
   * means the directory that it is in.
   */
  private static @Nullable Path path(Definition settings, Services services) {
    Optional<String> variable = services.environment().nonEmpty(PATH_VARIABLE);
    Path here = services.directories().workingDirectory();
    if (variable.isPresent()) {
      return directory(variable.get(), here, services, PATH_VARIABLE + " is not a valid path");
    }
    Optional<String> text = settings.text(PATH).filter(path -> !path.isEmpty());
    if (text.isEmpty()) {
      return null;
    }
    Position position = settings.position(PATH);
    return directory(
        text.get(),
        here.resolve(position.source().name()).resolveSibling(""),
        services,
        position + ": 'path' is not a valid path");
  }

  private static Path directory(String text, Path from, Services services, String problem) {
    try {
      Path path = from.resolve(expanded(text, services)).normalize();
      Path name = path.getFileName();
      Path parent = path.getParent();
      return name != null && parent != null && name.toString().lastIndexOf('.') > 0 ? parent : path;
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, problem, null, e);
    }
  }

  private static String expanded(String text, Services services) {
    boolean home = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
    if (!home) {
      return text;
    }
    Path directory = services.directories().home().orElseThrow(() -> StoreFailures.homeless(KIND));
    return directory + text.substring(1);
  }
}
