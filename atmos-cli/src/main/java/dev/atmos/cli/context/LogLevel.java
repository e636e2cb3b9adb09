package dev.atmos.cli.context;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigMap;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much is written to standard error. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  OFF;

  /** The variable that stands for the level Debug where it is {@code true}. */
  public static final String VERBOSE = "ATMOS_VERBOSE";

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

  /**
   * The level that the configuration sets; null for none.
   *
   * @param logs its section; null for none
   * @throws AtmosException if it isn't a level
   */
  static @Nullable LogLevel configured(@Nullable ConfigMap logs) {
    String name = logs == null ? "" : logs.text("level").orElse("");
    if (logs == null || name.isEmpty()) {
      return null;
    }
    Optional<LogLevel> level = of(name);
    if (level.isEmpty()) {
      throw logs.positionOf("level")
          .error("'level' must be Trace, Debug, Info, Warning, Error or Off");
    }
    return level.get();
  }
}
