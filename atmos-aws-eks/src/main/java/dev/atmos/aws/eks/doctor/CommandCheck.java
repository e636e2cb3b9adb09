package dev.atmos.aws.eks.doctor;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.Launcher;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks whether kubectl finds the command of an entry, and programs with windows as well. */
final class CommandCheck {
  /**
   * The PATH of programs that no shell has started: that of launchd, and what desktops on Linux
   * have at least.
   */
  private static final String[] SHORT_PATH = {"/usr/bin", "/bin", "/usr/sbin", "/sbin"};

  private final Services services;
  private final Cures cures;

  CommandCheck(Services services, Cures cures) {
    this.services = services;
    this.cures = cures;
  }

  /**
   * Checks a command, which is a name or a path.
   *
   * @param file the kubeconfig, which relative paths start from
   */
  Check check(Path file, String command) {
    if (command.indexOf('/') >= 0 || command.indexOf('\\') >= 0) {
      if (!exists(file, command)) {
        throw failed("there is no program " + command);
      }
      return Check.ok("command", "kubectl runs " + command);
    }
    Optional<Path> found = services.processes().find(command);
    if (found.isEmpty()) {
      throw failed("there is no " + command + " on PATH");
    }
    String own = services.launcher().command();
    if (command.equals(Launcher.NAME) && !own.equals(command)) {
      throw failed(
          "the " + command + " on PATH is " + found.get() + ", and not this program, " + own);
    }
    if (isWindows() || isOnShortPath(file, command)) {
      return Check.ok("command", "kubectl finds " + found.get());
    }
    return Check.warning(
        "command",
        "kubectl finds "
            + found.get()
            + ", but programs with windows, whose PATH is "
            + String.join(":", SHORT_PATH)
            + ", don't",
        cures.update() + " --command absolute");
  }

  private AtmosException failed(String sentence) {
    return new AtmosException(ExitCode.FAILED, sentence, cures.update());
  }

  private boolean isOnShortPath(Path file, String command) {
    for (String directory : SHORT_PATH) {
      if (exists(file, directory + "/" + command)) {
        return true;
      }
    }
    return false;
  }

  private boolean exists(Path file, String path) {
    try {
      return services.files().exists(file.resolveSibling(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean isWindows() {
    return isWindows(services);
  }

  private static boolean isWindows(Services services) {
    return services.directories().workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  /** The command that sets the clock of this machine. */
  static String clockCommand(Services services) {
    if (isWindows(services)) {
      return "w32tm /resync";
    }
    return services.processes().find("timedatectl").isPresent()
        ? "sudo timedatectl set-ntp true"
        : "sudo sntp -sS pool.ntp.org";
  }
}
