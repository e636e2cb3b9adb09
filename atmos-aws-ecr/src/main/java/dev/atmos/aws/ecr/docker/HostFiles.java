package dev.atmos.aws.ecr.docker;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Private files with a few texts for each registry's host. They hold no secret. On the path of each
 * answer to docker.
 */
final class HostFiles {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final String END = ".json";

  private final Services services;
  private final @Nullable Path directory;

  /**
   * @param directory where they are; null where nothing is kept
   */
  HostFiles(Services services, @Nullable Path directory) {
    this.services = services;
    this.directory = directory;
  }

  /** The texts of a host; null for none. */
  @Nullable Map<String, String> read(String host) {
    Path file = file(host);
    if (file == null) {
      return null;
    }
    try {
      Optional<byte[]> content = services.privateFiles().read(file, MOST_BYTES);
      if (content.isEmpty()) {
        return null;
      }
      Optional<Map<String, String>> texts =
          FlatJson.read(new String(content.get(), StandardCharsets.UTF_8), Function.identity());
      if (texts.isPresent()) {
        return texts.get();
      }
      throw new AtmosException(ExitCode.FAILED, "can't use " + file + ": it is incomplete");
    } catch (IOException e) {
      throw failure("can't read ", file, e);
    }
  }

  /**
   * Writes the texts of a host.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if they can't be written, or there is no
   *     place for them
   */
  void write(String host, Map<String, String> texts) {
    Path file = file(host);
    if (file == null) {
      throw new AtmosException(
          ExitCode.FAILED, "the record of " + host + " needs a home directory");
    }
    try {
      byte[] content = FlatJson.write(texts, Function.identity()).getBytes(StandardCharsets.UTF_8);
      services.privateFiles().write(file, content);
    } catch (IOException e) {
      throw failure("can't write ", file, e);
    }
  }

  /** Forgets a host. */
  void delete(String host) {
    Path file = file(host);
    try {
      if (file != null) {
        services.privateFiles().delete(file);
      }
    } catch (IOException e) {
      throw failure("can't remove ", file, e);
    }
  }

  /** All hosts, sorted. */
  List<String> hosts() {
    Path place = directory;
    try {
      return place == null
          ? List.of()
          : services.files().list(place).orElse(List.of()).stream()
              .filter(name -> name.endsWith(END))
              .map(name -> name.substring(0, name.length() - END.length()))
              .filter(HostFiles::isHost)
              .sorted()
              .toList();
    } catch (IOException e) {
      throw failure("can't read ", place, e);
    }
  }

  private @Nullable Path file(String host) {
    return directory == null || !isHost(host) ? null : directory.resolve(host.concat(END));
  }

  /** Whether a text, which may be docker's, can be a host, and so a part of a file's name. */
  private static boolean isHost(String text) {
    boolean host = !text.isEmpty() && text.length() < 254 && text.charAt(0) != '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      host &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }
    return host;
  }

  private static AtmosException failure(String problem, @Nullable Path file, IOException e) {
    return new AtmosException(ExitCode.FAILED, problem + file + ": " + FileReason.of(e), null, e);
  }
}
