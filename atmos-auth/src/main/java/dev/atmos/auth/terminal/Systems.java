package dev.atmos.auth.terminal;

import dev.atmos.plugin.PluginContext;

/** Which operating system this is. */
public final class Systems {
  private Systems() {}

  /** Whether paths, and shells, are those of Windows. */
  public static boolean isWindows(PluginContext context) {
    return context.directories().workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  static boolean isMac(PluginContext context) {
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
