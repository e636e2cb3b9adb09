package dev.atmos.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. They may stand before, between and after its words. */
final class GlobalOptions {
  static final String CONFIG = "--config";
  static final String LOGS_LEVEL = "--logs-level";
  static final String HELP = "--help";

  /** Of the program alone: it stands for the command {@code version}. */
  static final String VERSION = "--version";

  private final @Nullable OptionSpec config;
  private final @Nullable OptionSpec logsLevel;

  private GlobalOptions(@Nullable OptionSpec config, @Nullable OptionSpec logsLevel) {
    this.config = config;
    this.logsLevel = logsLevel;
  }

  /** What may stand before the next word of that path. */
  static List<String> names(String path) {
    return path.isEmpty()
        ? List.of(CONFIG, LOGS_LEVEL, HELP, VERSION)
        : List.of(CONFIG, LOGS_LEVEL, HELP);
  }

  /** Whether an option takes the next word as its value. */
  static boolean takesValue(String option) {
    return option.equals(CONFIG) || option.equals(LOGS_LEVEL);
  }

  /** Whether a word asks for help. */
  static boolean isHelp(String word) {
    return word.equals(HELP) || word.equals("-h");
  }

  /** Adds them to a command, but for those that it has itself, which mean what it says. */
  static GlobalOptions addTo(CommandSpec spec) {
    OptionSpec config = null;
    OptionSpec logsLevel = null;
    if (spec.findOption(CONFIG) == null) {
      config =
          OptionSpec.builder(CONFIG)
              .arity("1")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .paramLabel("FILE")
              .description(
                  "Read this atmos.yaml instead of searching for one; may be given several times.")
              .build();
      spec.addOption(config);
    }
    if (spec.findOption(LOGS_LEVEL) == null) {
      logsLevel =
          OptionSpec.builder(LOGS_LEVEL)
              .arity("1")
              .type(String.class)
              .paramLabel("LEVEL")
              .description("Trace, Debug, Info, Warning, Error or Off.")
              .build();
      spec.addOption(logsLevel);
    }
    if (spec.findOption(HELP) == null) {
      OptionSpec.Builder help =
          spec.findOption("-h") == null ? OptionSpec.builder("-h", HELP) : OptionSpec.builder(HELP);
      spec.addOption(
          help.arity("0")
              .type(boolean.class)
              .usageHelp(true)
              .description("Show this help.")
              .build());
    }
    return new GlobalOptions(config, logsLevel);
  }

  /** The files that {@code --config} named. */
  List<String> configFiles() {
    List<String> files = config == null ? null : config.getValue();
    return files == null ? List.of() : files;
  }

  /** What {@code --logs-level} said, if it was given. */
  @Nullable String logsLevel() {
    return logsLevel == null ? null : logsLevel.getValue();
  }
}
