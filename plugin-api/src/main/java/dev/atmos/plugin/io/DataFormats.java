package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import org.jspecify.annotations.Nullable;

/**
 * Service of the host: writes answers that programs read. A tree consists of maps with texts as
 * keys, written in the maps' own order, collections, texts, numbers, booleans and null. Safe for
 * use by several threads.
 */
@ImplementedByHost
public interface DataFormats {

  /** JSON (RFC 8259), indented by two blanks, with a line feed at the end. */
  String json(@Nullable Object tree);

  /**
   * YAML, with a line feed at the end. Texts that a YAML 1.1 or 1.2 reader could take for another
   * type are quoted.
   */
  String yaml(@Nullable Object tree);
}
