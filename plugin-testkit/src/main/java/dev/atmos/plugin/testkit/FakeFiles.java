package dev.atmos.plugin.testkit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.atmos.plugin.io.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system in memory, as a Unix or a Windows user sees it, with the directories that atmos
 * looks into. What it can't show, because it enforces neither permissions nor locks, belongs in a
 * test on a real directory.
 */
public final class FakeFiles implements Directories {
  private final FileSystem fileSystem;
  private final boolean windows;
  private Path workingDirectory;
  private boolean homeless;

  private FakeFiles(FileSystem fileSystem, boolean windows, String workingDirectory) {
    this.fileSystem = fileSystem;
    this.windows = windows;
    this.workingDirectory = makeDirectories(fileSystem.getPath(workingDirectory));
  }

  /** Home is {@code /home/dev}, the working directory {@code /project}. */
  public static FakeFiles unix() {
    return new FakeFiles(
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .setWorkingDirectory("/project")
                .build()),
        false,
        "/project");
  }

  /** Home is {@code C:\Users\dev}, the working directory {@code C:\project}. */
  public static FakeFiles windows() {
    return new FakeFiles(
        Jimfs.newFileSystem(
            Configuration.windows().toBuilder().setWorkingDirectory("C:\\project").build()),
        true,
        "C:\\project");
  }

  /** Whether this is the Windows view. */
  public boolean isWindows() {
    return windows;
  }

  /** The file system itself. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** The process has no home directory. */
  public FakeFiles withoutHome() {
    homeless = true;
    return this;
  }

  /** Goes to another directory, which is made if need be. */
  public FakeFiles cd(String directory) {
    workingDirectory = makeDirectories(path(directory));
    return this;
  }

  /** A path, relative ones from the working directory. Both views take {@code /}. */
  public Path path(String path) {
    return workingDirectory.resolve(path);
  }

  /** Writes a file, and makes the directories above it. */
  public Path write(String path, String content) {
    Path file = path(path);
    Path parent = file.getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path workingDirectory() {
    return workingDirectory;
  }

  @Override
  public Optional<Path> home() {
    return under("");
  }

  @Override
  public Optional<Path> system() {
    return Optional.of(
        fileSystem.getPath(windows ? "C:\\ProgramData\\atmos" : "/usr/local/etc/atmos"));
  }

  @Override
  public Optional<Path> config() {
    return under(windows ? "AppData/Local/atmos" : ".config/atmos");
  }

  @Override
  public Optional<Path> data() {
    return under(windows ? "AppData/Local/atmos/data" : ".local/share/atmos");
  }

  @Override
  public Optional<Path> cache() {
    return under(windows ? "AppData/Local/atmos/cache" : ".cache/atmos");
  }

  @Override
  public Optional<Path> state() {
    return under(windows ? "AppData/Local/atmos/state" : ".local/state/atmos");
  }

  private Optional<Path> under(String path) {
    Path home = fileSystem.getPath(windows ? "C:\\Users\\dev" : "/home/dev");
    return homeless ? Optional.empty() : Optional.of(home.resolve(path));
  }

  private static Path makeDirectories(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
