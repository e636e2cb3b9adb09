package dev.atmos.services;

import org.jspecify.annotations.Nullable;

/**
 * A command that programs run many times a day. Where its words are nothing but its own options,
 * each with a value, and one flag, it runs without picocli: setting that up would take a tenth of
 * the time of a token. All other words, and help and completion, go by picocli, which comes to the
 * same.
 */
public interface DirectCommand {
  /** The long names of the options that {@link #run} reads. */
  default String[] options() {
    return new String[0];
  }

  /** The long name of the flag without which the command needs picocli; null for none. */
  default @Nullable String flag() {
    return null;
  }

  /**
   * Runs the command.
   *
   * @return its exit code
   */
  int run(PlainOptions options);
}
