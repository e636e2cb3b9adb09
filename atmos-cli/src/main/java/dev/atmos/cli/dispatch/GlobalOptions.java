package dev.atmos.cli.dispatch;

import dev.atmos.cli.Atmos;
import dev.atmos.cli.config.search.ConfigOptions;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. They may stand before, between and after its words. */
final class GlobalOptions {
  static final String CONFIG = "--config";
  static final String CONFIG_PATH = "--config-path";
  static final String BASE_PATH = "--base-path";
  static final String CHDIR = "--chdir";
  static final String CHDIR_SHORT = "-C";
  static final String PROFILE = "--profile";
  static final String LOGS_LEVEL = "--logs-level";
  static final String HELP = "--help";

  /** Of the program alone: it stands for the command {@code version}. */
  static final String VERSION = "--version";

  private @Nullable OptionSpec config;
  private @Nullable OptionSpec configPath;
  private @Nullable OptionSpec basePath;
  private @Nullable OptionSpec chdir;
  private @Nullable OptionSpec profile;
  private @Nullable OptionSpec logsLevel;

  private GlobalOptions() {}

  /** What may stand before the next word of that path. */
  static List<String> names(String path) {
    return path.isEmpty()
        ? List.of(CONFIG, CONFIG_PATH, BASE_PATH, CHDIR, PROFILE, LOGS_LEVEL, HELP, VERSION)
        : List.of(CONFIG, CONFIG_PATH, BASE_PATH, CHDIR, PROFILE, LOGS_LEVEL, HELP);
  }

  /** Whether an option takes the next word as its value. */
  static boolean takesValue(String option) {
    return switch (option) {
      case CONFIG, CONFIG_PATH, BASE_PATH, CHDIR, CHDIR_SHORT, PROFILE, LOGS_LEVEL -> true;
      default -> false;
    };
  }

  /** Whether a word asks for help. */
  static boolean isHelp(String word) {
    return word.equals(HELP) || word.equals("-h");
  }

  /**
   * Adds them to a command for these words. Where each option among the words is one of the
   * command's own, none of these is needed, and setting them up would take a tenth of the time of
   * all that a token needs after Java has started.
   */
  static GlobalOptions addTo(CommandSpec spec, String[] words) {
    for (String word : words) {
      String name = word.indexOf('=') < 0 ? word : Atmos.beforeEquals(word);
      if (word.startsWith("-") && !spec.optionsMap().containsKey(name)) {
        return addTo(spec);
      }
    }
    return new GlobalOptions();
  }

  /** Adds them to a command, but for those that it has itself, which mean what it says. */
  static GlobalOptions addTo(CommandSpec spec) {
    GlobalOptions options = new GlobalOptions();
    options.config =
        add(
            spec,
            "FILE",
            "Read this atmos.yaml instead of searching for one; may be given several times.",
            List.class,
            CONFIG);
    options.configPath =
        add(
            spec,
            "DIR",
            "Read the atmos.yaml of this directory instead; may be given several times.",
            List.class,
            CONFIG_PATH);
    options.basePath =
        add(spec, "DIR", "What relative imports start from.", String.class, BASE_PATH);
    options.chdir =
        add(
            spec,
            "DIR",
            "Go to this directory before anything else.",
            String.class,
            CHDIR_SHORT,
            CHDIR);
    options.profile =
        add(
            spec,
            "NAME",
            "Merge this profile over the configuration; may be given several times.",
            List.class,
            PROFILE);
    options.logsLevel =
        add(spec, "LEVEL", "Trace, Debug, Info, Warning, Error or Off.", String.class, LOGS_LEVEL);
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
    return options;
  }

  /** Adds an option under those of its names that the command doesn't have itself. */
  private static @Nullable OptionSpec add(
      CommandSpec spec, String label, String description, Class<?> type, String... names) {
    String longName = names[names.length - 1];
    if (spec.findOption(longName) != null) {
      return null;
    }
    OptionSpec.Builder builder =
        names.length > 1 && spec.findOption(names[0]) == null
            ? OptionSpec.builder(names[0], longName)
            : OptionSpec.builder(longName);
    builder.arity("1").type(type).paramLabel(label).description(description);
    if (type == List.class) {
      builder.auxiliaryTypes(String.class);
    }
    OptionSpec option = builder.build();
    spec.addOption(option);
    return option;
  }

  /** Gives them the values that were typed, without the parser, which takes whole lines only. */
  void give(Function<OptionSpec, List<String>> typed) {
    for (OptionSpec option : new OptionSpec[] {config, configPath, basePath, chdir, profile}) {
      List<String> values = option == null ? List.of() : typed.apply(option);
      if (option != null && !values.isEmpty()) {
        option.setValue(option.isMultiValue() ? values : values.getLast());
      }
    }
  }

  /** Whether this option is {@code --profile}. */
  boolean isProfile(OptionSpec option) {
    return option.equals(profile);
  }

  /** Whether this option is {@code --logs-level}. */
  boolean isLogsLevel(OptionSpec option) {
    return option.equals(logsLevel);
  }

  /** Whether this option takes several values with commas between them. */
  boolean takesCommas(OptionSpec option) {
    return option.equals(config) || option.equals(configPath) || option.equals(profile);
  }

  /** Whether this option is {@code --chdir}, whose own value starts from where the user is. */
  boolean isChdir(OptionSpec option) {
    return option.equals(chdir);
  }

  /** What they say of the configuration. */
  ConfigOptions configuration() {
    return new ConfigOptions(values(config), values(configPath), value(basePath), values(profile));
  }

  /** What {@code --chdir} said, if it was given. */
  @Nullable String chdir() {
    return value(chdir);
  }

  /** What {@code --logs-level} said, if it was given. */
  @Nullable String logsLevel() {
    return value(logsLevel);
  }

  private static @Nullable String value(@Nullable OptionSpec option) {
    return option == null ? null : option.getValue();
  }

  private static List<String> values(@Nullable OptionSpec option) {
    List<String> values = option == null ? null : option.getValue();
    return values == null ? List.of() : values;
  }
}
