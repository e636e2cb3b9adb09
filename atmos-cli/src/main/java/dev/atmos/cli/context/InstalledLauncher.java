package dev.atmos.cli.context;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.Launcher;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The launcher of the installation that is running. */
final class InstalledLauncher implements Launcher {
  private final Installation installation;
  private final Processes processes;
  private final ReadOnlyFiles files;

  InstalledLauncher(Installation installation, Processes processes, ReadOnlyFiles files) {
    this.installation = installation;
    this.processes = processes;
    this.files = files;
  }

  @Override
  public String command() {
    Optional<Path> launcher = installation.launcher();
    if (launcher.isEmpty()) {
      return NAME;
    }
    Optional<Path> found = processes.find(NAME);
    return found.isPresent() && isSame(found.get(), launcher.get())
        ? NAME
        : launcher.get().toString();
  }

  @Override
  public Optional<Path> path() {
    return installation.launcher();
  }

  @Override
  public boolean isAt(String path) {
    Optional<Path> launcher = installation.launcher();
    try {
      Path named = launcher.isEmpty() ? null : launcher.get().getFileSystem().getPath(path);
      return named != null && named.isAbsolute() && isSame(named, launcher.get());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean isSame(Path found, Path launcher) {
    try {
      return files.real(found).equals(files.real(launcher));
    } catch (IOException e) {
      return false;
    }
  }
}
