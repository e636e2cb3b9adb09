package dev.atmos.cli;

import dev.atmos.plugin.io.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All directories of the program below a real one: plugins are loaded from real jars only.
 *
 * @param root where they are
 */
record RealDirectories(Path root) implements Directories {
  RealDirectories {
    try {
      Files.createDirectories(root.resolve("work"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path workingDirectory() {
    return root.resolve("work");
  }

  @Override
  public Optional<Path> home() {
    return Optional.of(root.resolve("home"));
  }

  @Override
  public Optional<Path> system() {
    return Optional.of(root.resolve("etc"));
  }

  @Override
  public Optional<Path> config() {
    return Optional.of(root.resolve("config").resolve("atmos"));
  }

  @Override
  public Optional<Path> data() {
    return Optional.of(root.resolve("data").resolve("atmos"));
  }

  @Override
  public Optional<Path> cache() {
    return Optional.of(root.resolve("cache").resolve("atmos"));
  }

  @Override
  public Optional<Path> state() {
    return Optional.of(root.resolve("state").resolve("atmos"));
  }
}
