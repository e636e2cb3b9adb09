package dev.atmos.cli.config.file;

import dev.atmos.plugin.config.Position;
import java.nio.file.Path;

/** Keeps what an untrusted file imports and includes within its project. */
public interface ImportGuard {

  /**
   * Checks a file or directory before it is read because another file names it.
   *
   * @param importer the file that names it
   * @param target what is named; it need not exist
   * @param entry where it is named
   * @throws dev.atmos.plugin.base.AtmosException if the importer may not read it
   */
  void check(ConfigFile importer, Path target, Position entry);
}
