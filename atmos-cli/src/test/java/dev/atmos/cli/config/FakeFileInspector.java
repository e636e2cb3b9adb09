package dev.atmos.cli.config;

import dev.atmos.cli.config.file.FileInspector;
import dev.atmos.cli.config.file.FileStatus;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of any file system. Only where a test says whose a path is does it know of users: all
 * else is root's then.
 */
public class FakeFileInspector implements FileInspector {
  /** The user that the program runs as. */
  public static final int USER = 1000;

  private final FakeReadOnlyFiles files = new FakeReadOnlyFiles();
  private final Map<Path, Integer> owners = new HashMap<>();
  private final Set<Path> special = new HashSet<>();
  private Runnable meanwhile = () -> {};

  /** Gives a path to a user. */
  public void own(Path path, int user) {
    owners.put(path, user);
  }

  /** Runs something before each look at a file, as another user might at any time. */
  public void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** Makes a path a pipe, whatever it is. */
  public void special(Path path) {
    special.add(path);
  }

  @Override
  public Optional<byte[]> read(Path path, int limit) throws IOException {
    meanwhile.run();
    return files.read(path, limit);
  }

  @Override
  public boolean exists(Path path) {
    meanwhile.run();
    return files.exists(path);
  }

  @Override
  public Optional<List<String>> list(Path directory) throws IOException {
    meanwhile.run();
    return files.list(directory);
  }

  @Override
  public Path real(Path path) throws IOException {
    meanwhile.run();
    return files.real(path);
  }

  @Override
  public boolean isFile(Path path) {
    meanwhile.run();
    return Files.isRegularFile(path) && !special.contains(path);
  }

  @Override
  public boolean isLink(Path path) {
    meanwhile.run();
    return Files.isSymbolicLink(path);
  }

  @Override
  public @Nullable FileStatus status(Path path) {
    meanwhile.run();
    if (owners.isEmpty() || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    int type = 0100000;
    if (special.contains(path)) {
      type = 0010000;
    } else if (Files.isSymbolicLink(path)) {
      type = 0120000;
    } else if (Files.isDirectory(path)) {
      type = 0040000;
    }
    return new FileStatus(owners.getOrDefault(path, 0), type);
  }

  @Override
  public int user() {
    return USER;
  }

  @Override
  public Optional<byte[]> readReal(Path real, int limit) throws IOException {
    meanwhile.run();
    if (!files.real(real).equals(real)) {
      throw new IOException("changed while it was read");
    }
    return files.read(real, limit);
  }

  @Override
  public Optional<byte[]> readPipe(Path path, int limit) throws IOException {
    return read(path, limit);
  }
}
