package dev.atmos.auth.terminal;

import dev.atmos.services.Services;

/** Which operating system this is. */
public final class HostSystem {
  private HostSystem() {}

  /** Whether paths, and shells, are those of Windows. */
  public static boolean isWindows(Services context) {
    return context.directories().workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  static boolean isMac(Services context) {
    return context
        .files()
        .exists(
            context
                .directories()
                .workingDirectory()
                .getFileSystem()
                .getPath("/System/Library/CoreServices"));
  }
}
