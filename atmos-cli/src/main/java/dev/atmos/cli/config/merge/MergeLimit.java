package dev.atmos.cli.config.merge;

import dev.atmos.plugin.config.Position;

/**
 * Bounds the work of merging. Aliases are shared and cost nothing, but merge keys of a small file
 * can produce billions of entries, and so can two files whose aliases are merged.
 */
public final class MergeLimit {
  static final int MOST_ENTRIES = 1_000_000;

  private int left = MOST_ENTRIES;

  /** Counts entries that are about to be copied. */
  public void take(int entries, Position position) {
    left -= entries;
    if (left < 0) {
      throw position.error(
          "merging up to here takes more than " + MOST_ENTRIES + " entries, which is the limit");
    }
  }
}
