package dev.atmos.aws.ecr.docker;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files in which docker and podman look for passwords and helpers. What isn't ours in them
 * stays as it is, byte for byte.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">Credential
 *     stores</a>
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 */
public final class DockerFiles {
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Services services;

  /** Those of the user that these services have. */
  public DockerFiles(Services services) {
    this.services = services;
  }

  /**
   * Docker's file, and then podman's, if there is one: podman looks into its own first.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the user has no home directory, or a
   *     variable isn't a path
   */
  List<Path> all() {
    List<Path> files = new ArrayList<>(List.of(docker()));
    Optional<String> named = services.environment().nonEmpty("REGISTRY_AUTH_FILE");
    Optional<Path> podman =
        named.isPresent()
            ? Optional.of(path("REGISTRY_AUTH_FILE", named.get()))
            : usualOfPodman().stream().filter(services.files()::exists).findFirst();
    podman.filter(file -> !files.contains(file)).ifPresent(files::add);
    return files;
  }

  /** Docker's own file. */
  Path docker() {
    Optional<String> directory = services.environment().nonEmpty("DOCKER_CONFIG");
    return directory
        .map(named -> path("DOCKER_CONFIG", named))
        .or(() -> services.directories().home().map(home -> home.resolve(".docker")))
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                "docker's configuration needs a home directory",
                "set DOCKER_CONFIG to a directory"))
        .resolve("config.json");
  }

  private List<Path> usualOfPodman() {
    List<Path> files = new ArrayList<>();
    services
        .environment()
        .nonEmpty("XDG_RUNTIME_DIR")
        .ifPresent(place -> files.add(auth(path("XDG_RUNTIME_DIR", place))));
    services
        .environment()
        .nonEmpty("XDG_CONFIG_HOME")
        .map(place -> path("XDG_CONFIG_HOME", place))
        .or(() -> services.directories().home().map(home -> home.resolve(".config")))
        .ifPresent(place -> files.add(auth(place)));
    return files;
  }

  private static Path auth(Path place) {
    return place.resolve("containers").resolve("auth.json");
  }

  private Path path(String variable, String text) {
    try {
      return services.directories().workingDirectory().resolve(text);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path", null, e);
    }
  }

  /**
   * What a file holds.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if it can't be read or isn't a JSON object
   */
  JsonText read(Path file) {
    try {
      // As one character for each byte, what isn't ours survives.
      return JsonText.of(
          services
              .userFiles()
              .read(file, MOST_BYTES)
              .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
              .orElse(""));
    } catch (IOException e) {
      throw failure("can't read ", file, FileReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw failure("can't use ", file, e.getMessage(), null);
    }
  }

  /**
   * Changes a file, if the edit changes anything.
   *
   * @param secret whether the file gets a password, and has to be closed to others
   * @return whether it has changed
   */
  boolean edit(Path file, boolean secret, UnaryOperator<JsonText> edit) {
    return locked(() -> {
      JsonText before = read(file);
      JsonText after;
      try {
        after = edit.apply(before);
      } catch (IllegalArgumentException e) {
        throw failure("can't change ", file, e.getMessage(), null);
      }
      if (after == before || after.toString().equals(before.toString())) {
        return false;
      }
      try {
        write(file, secret, after.toString().getBytes(StandardCharsets.ISO_8859_1));
        return true;
      } catch (IOException e) {
        throw failure("can't write ", file, FileReason.of(e), e);
      }
    });
  }

  private void write(Path file, boolean secret, byte[] content) throws IOException {
    Path directory = file.getParent();
    if (directory != null && !services.files().exists(directory)) {
      services.privateFiles().write(file, content);
      return;
    }
    if (secret) {
      services.userFiles().protect(file);
    }
    services.userFiles().replace(file, content);
  }

  /** Docker takes no lock; this keeps several of ours apart. */
  private <T> T locked(Supplier<T> action) {
    Optional<Path> state = services.directories().state();
    return state.isEmpty()
        ? action.get()
        : services
            .locks()
            .exclusively(
                state.get().resolve("ecr").resolve("docker.lock"),
                "a change of docker's configuration",
                PATIENCE,
                action);
  }

  private static AtmosException failure(
      String problem, Path file, @Nullable String why, @Nullable Exception cause) {
    return new AtmosException(ExitCode.FAILED, problem + file + ": " + why, null, cause);
  }
}
