package dev.atmos.cli.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option that every command has. */
public enum GlobalOption {
  CONFIG("--config", "", "FILE", true, "Read this atmos.yaml instead of searching for one"),
  CONFIG_PATH("--config-path", "", "DIR", true, "Read the atmos.yaml of this directory instead"),
  BASE_PATH("--base-path", "", "DIR", false, "Resolve relative imports from this directory"),
  CHDIR("--chdir", "-C", "DIR", false, "Change to this directory before anything else"),
  PROFILE("--profile", "", "NAME", true, "Merge this profile over the configuration"),
  LOGS_LEVEL("--logs-level", "", "LEVEL", false, "Trace, Debug, Info, Warning, Error or Off"),
  HELP("--help", "-h", "", false, "Show this help");

  private final String longName;
  private final String shortName;
  private final String label;
  private final boolean isList;
  private final String description;

  GlobalOption(
      String longName, String shortName, String label, boolean isList, String description) {
    this.longName = longName;
    this.shortName = shortName;
    this.label = label;
    this.isList = isList;
    this.description = description;
  }

  /** The option of a name, long or short; null for any other. */
  static @Nullable GlobalOption of(String name) {
    for (GlobalOption option : values()) {
      if (name.equals(option.longName) || (!name.isEmpty() && name.equals(option.shortName))) {
        return option;
      }
    }
    return null;
  }

  /**
   * What an option of a command's model is; null for one of the command's own. No command has an
   * option of its own by one of these names.
   */
  public static @Nullable GlobalOption of(OptionSpec option) {
    return of(option.longestName());
  }

  /** The long name, with its dashes. */
  String longName() {
    return longName;
  }

  /** The short name, with its dash; empty for none. */
  String shortName() {
    return shortName;
  }

  /** What its value is called; empty for an option without one. */
  String label() {
    return label;
  }

  /** What it does, as a sentence. */
  String description() {
    return description + ".";
  }

  /** Whether it may be given several times, and takes several values with commas between them. */
  public boolean isList() {
    return isList;
  }

  /** The option for picocli. */
  OptionSpec spec() {
    String[] names =
        shortName.isEmpty() ? new String[] {longName} : new String[] {shortName, longName};
    OptionSpec.Builder builder = OptionSpec.builder(names).description(description());
    if (this == HELP) {
      return builder.arity("0").type(boolean.class).usageHelp(true).build();
    }
    builder.arity("1").type(isList ? List.class : String.class).paramLabel(label);
    if (isList) {
      builder
          .auxiliaryTypes(String.class)
          .description(description + "; may be given several times.");
    }
    return builder.build();
  }
}
