package dev.atmos.cli.context;

import java.util.Locale;
import java.util.Optional;

/** How much is written to standard error. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  OFF;

  /** The level of a name, in any case; {@code warn} is {@code Warning}. */
  public static Optional<LogLevel> of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (LogLevel level : values()) {
      if (level.name().equals(upper)) {
        return Optional.of(level);
      }
    }
    return upper.equals("WARN") ? Optional.of(WARNING) : Optional.empty();
  }
}
