package dev.atmos.services.config;

import dev.atmos.plugin.config.Schema;

/** Texts on one line that people choose freely. They are quoted wherever they are written. */
public final class LineText {
  /** A character that neither steers a terminal nor changes the order of others. */
  public static final String CHARACTER =
      "[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]";

  private LineText() {}

  /** A text that is no longer than that. */
  public static Schema schema(String description, int longest) {
    return Schema.text(description)
        .withPattern(
            CHARACTER + "{1," + longest + "}",
            "a text of at most " + longest + " characters, without control characters");
  }
}
