package dev.atmos.services.kube;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of entries of ours that exist already. */
public enum UpdateMode {
  /** The fields that the user has added stay. */
  MERGE,
  /** They are written as if they were new. Other entries are not touched. */
  REPLACE,
  /** The first one that isn't up to date is an error. */
  ERROR;

  /**
   * Reads a mode.
   *
   * @throws IllegalArgumentException if it isn't one; the message is a sentence for the user
   */
  public static UpdateMode parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be merge, replace or error"));
  }
}
