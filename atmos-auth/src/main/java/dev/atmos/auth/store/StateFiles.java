package dev.atmos.auth.store;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private files that atmos keeps between runs, below {@code auth} in its state directory. The
 * directories are null where the process has no home: nothing is kept then. All methods fail with
 * {@link ExitCode#FAILED} where a file can't be read, written or removed. On the token path.
 */
final class StateFiles {
  private static final int MOST_BYTES = 1024 * 1024;

  private final Services context;

  StateFiles(Services context) {
    this.context = context;
  }

  /** One directory for each fingerprint, with the credentials of roles. */
  @Nullable Path roles() {
    return below("roles");
  }

  /** What sign-ins leave behind: one directory for each store that keeps files. */
  @Nullable Path signIn() {
    return below("sign-in");
  }

  /** Files that only serve to be locked. */
  @Nullable Path locks() {
    return below("locks");
  }

  private @Nullable Path below(String name) {
    Optional<Path> state = context.directories().state();
    return state.isEmpty() ? null : state.get().resolve("auth").resolve(name);
  }

  Optional<byte[]> read(Path file) {
    try {
      return context.privateFiles().read(file, MOST_BYTES);
    } catch (IOException e) {
      throw failure("can't read ", file, e);
    }
  }

  /** The text of a file, in ISO 8859-1; empty if there is no such file. */
  String text(Path file) {
    Optional<byte[]> content = read(file);
    return content.isEmpty() ? "" : new String(content.get(), StandardCharsets.ISO_8859_1);
  }

  /** A text as the name of a store, of which a file tells; null if it can't be one. */
  static @Nullable String name(String text) {
    return text.matches("[a-z][a-z0-9-]{0,63}") ? text : null;
  }

  void write(Path file, byte[] content) {
    try {
      context.privateFiles().write(file, content);
    } catch (IOException e) {
      throw failure("can't write ", file, e);
    }
  }

  /** Takes the space for the next writing of a file; 0 bytes give it back. */
  void reserve(Path file, int bytes) {
    try {
      context.privateFiles().reserve(file, bytes);
    } catch (IOException e) {
      throw failure("can't write ", file, e);
    }
  }

  /** Writes a text in ISO 8859-1. */
  void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Removes a file or an empty directory; false if it doesn't exist. */
  boolean delete(Path file) {
    try {
      return context.privateFiles().delete(file);
    } catch (IOException e) {
      throw failure("can't remove ", file, e);
    }
  }

  /** The names in a directory; none if it doesn't exist. */
  List<String> names(Path directory) {
    try {
      return context.files().list(directory).orElse(List.of());
    } catch (IOException e) {
      throw failure("can't read ", directory, e);
    }
  }

  private static AtmosException failure(String problem, Path file, IOException e) {
    return new AtmosException(ExitCode.FAILED, problem + file + ": " + FileReason.of(e), null, e);
  }
}
