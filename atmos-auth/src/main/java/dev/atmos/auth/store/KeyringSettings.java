package dev.atmos.auth.store;

import dev.atmos.auth.config.Keyring;
import dev.atmos.auth.config.Keys;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.TrustPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What variables and {@code auth.keyring} say of where sign-ins are kept; variables win. */
final class KeyringSettings {
  static final String TYPE_VARIABLE = "ATMOS_KEYRING_TYPE";
  static final String PATH_VARIABLE = "ATMOS_KEYRING_FILE_PATH";
  static final String PASSWORD_VARIABLE = "ATMOS_KEYRING_PASSWORD_ENV";

  private final Services context;

  KeyringSettings(Services context) {
    this.context = context;
  }

  private Optional<ConfigMap> keyring() {
    return context.configMap(Keys.AUTH).flatMap(auth -> auth.map("keyring"));
  }

  private Optional<ConfigMap> spec() {
    return keyring().flatMap(keyring -> keyring.map("spec"));
  }

  /** The one store that is to be used; null where atmos is to find one. */
  @Nullable String type() {
    return context
        .environment()
        .nonEmpty(TYPE_VARIABLE)
        .or(() -> keyring().flatMap(keyring -> keyring.text("type")))
        .filter(type -> !type.isEmpty())
        .orElse(null);
  }

  /** Who says it, for messages. */
  String typeSource() {
    return context.environment().nonEmpty(TYPE_VARIABLE).isPresent()
        ? TYPE_VARIABLE
        : "auth.keyring.type";
  }

  /** The variable that holds the password of the {@code file} store. */
  String passwordVariable() {
    return context
        .environment()
        .nonEmpty(PASSWORD_VARIABLE)
        .or(() -> spec().flatMap(spec -> spec.text("password_env")))
        .filter(name -> !name.isEmpty())
        .orElse(Keyring.DEFAULT.passwordVariable());
  }

  /**
   * The directory of the {@code file} store; null for the usual one. As the Go tool has it, what
   * looks like a file's name means the directory that it is in.
   */
  @Nullable Path filePath() {
    Optional<String> variable = context.environment().nonEmpty(PATH_VARIABLE);
    if (variable.isPresent()) {
      return directory(
          variable.get(), context.directories().workingDirectory(), PATH_VARIABLE + " is no path");
    }
    Optional<ConfigMap> spec = spec();
    Optional<String> text = spec.flatMap(map -> map.text("path")).filter(path -> !path.isEmpty());
    if (spec.isEmpty() || text.isEmpty()) {
      return null;
    }
    Position position = spec.get().positionOf("path");
    if (!context.service(TrustPolicy.class).isTrusted(position)) {
      throw new AtmosException(
          ExitCode.USAGE,
          position + ": a file that is not trusted can't say where sign-ins are kept",
          "look at it, and trust it with: atmos config trust");
    }
    Path here =
        context
            .directories()
            .workingDirectory()
            .resolve(position.source().name())
            .resolveSibling("");
    return directory(text.get(), here, position + ": 'path' is no path");
  }

  private Path directory(String text, Path from, String problem) {
    try {
      Path path = from.resolve(expanded(text)).normalize();
      Path name = path.getFileName();
      Path parent = path.getParent();
      return name != null && parent != null && name.toString().lastIndexOf('.') > 0 ? parent : path;
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, problem, null, e);
    }
  }

  private String expanded(String text) {
    boolean home = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
    if (!home) {
      return text;
    }
    Path directory =
        context
            .directories()
            .home()
            .orElseThrow(() -> StoreFailures.homeless(Keyring.Type.FILE.word()));
    return directory + text.substring(1);
  }
}
