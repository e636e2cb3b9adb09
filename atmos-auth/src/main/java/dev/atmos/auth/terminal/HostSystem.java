package dev.atmos.auth.terminal;

import dev.atmos.services.Services;
import java.nio.file.FileSystem;

/** Which operating system this is. */
public final class HostSystem {
  private HostSystem() {}

  /** Whether paths, and shells, are those of Windows. */
  public static boolean isWindows(Services services) {
    return fileSystem(services).getSeparator().equals("\\");
  }

  /** Whether this is macOS. */
  public static boolean isMac(Services services) {
    return services.files().exists(fileSystem(services).getPath("/System/Library/CoreServices"));
  }

  static FileSystem fileSystem(Services services) {
    return services.directories().workingDirectory().getFileSystem();
  }
}
