package dev.atmos.cli.config;

import dev.atmos.plugin.config.Position;
import java.nio.file.Path;

/** Keeps what an untrusted file takes in within its project. */
interface ImportGuard {

  /**
   * Asks before a file or a directory is looked into because another file names it.
   *
   * @param importer the file that names it
   * @param target what is named; it need not exist
   * @param entry where it is named
   * @throws dev.atmos.plugin.base.AtmosException if the importer may not have it
   */
  void check(ConfigFile importer, Path target, Position entry);

  /** One that allows everything. */
  static ImportGuard none() {
    return new ImportGuard() {
      @Override
      public void check(ConfigFile importer, Path target, Position entry) {}
    };
  }
}
