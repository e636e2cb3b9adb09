package dev.atmos.cli.config.file;

import dev.atmos.plugin.config.Position;
import java.nio.file.Path;

/** Keeps what an untrusted project reads within the project. */
public interface ImportGuard {

  /**
   * Checks a file or directory before it is read because another file names it.
   *
   * @param importer the file that names it
   * @param target what is named; it need not exist
   * @param entry where it is named
   * @param listed whether a directory or a pattern has led to it, which may lead to others later
   * @throws dev.atmos.plugin.base.AtmosException if the importer may not read it
   */
  void check(ConfigFile importer, Path target, Position entry, boolean listed);

  /**
   * Checks a file that was found where the project keeps its configuration, and that may be a link.
   *
   * @param file the file as it was read; nothing of it has been used
   * @param directory the directory of the configuration that it was found in or below
   * @throws dev.atmos.plugin.base.AtmosException if it lies outside of the project
   */
  void checkFound(ConfigFile file, Path directory);
}
