package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import org.jspecify.annotations.Nullable;

/**
 * Host service: writes the answers that programs read. A tree is made of maps with texts as keys,
 * in the order in which they are to be written, collections, texts, numbers, booleans and null.
 */
@ImplementedByHost
public interface DataFormats {

  /** JSON (RFC 8259), indented by two blanks, with a line feed at its end. */
  String json(@Nullable Object tree);

  /**
   * YAML, with a line feed at its end. Texts that a YAML 1.1 or 1.2 reader could take for something
   * else are quoted.
   */
  String yaml(@Nullable Object tree);
}
