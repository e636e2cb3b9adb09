package dev.atmos.cli.config;

import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.LineText;
import java.util.List;

/** The top-level sections of {@code atmos.yaml} that the program itself reads. */
public final class HostSections {
  private static final int LONGEST_LINE = 1024;

  private HostSections() {}

  /** The sections, in the order in which they are best read. */
  public static List<ConfigSection> all() {
    return List.of(
        ConfigSection.of("base_path", HostSections::basePath),
        ConfigSection.of("import", HostSections::imports),
        ConfigSection.of("profiles", HostSections::profiles),
        ConfigSection.of("env", HostSections::env),
        ConfigSection.of("logs", HostSections::logs),
        ConfigSection.of("audit", HostSections::audit));
  }

  private static Schema basePath() {
    return Schema.readablePath(
            "The directory that relative imports start from; relative to the file's own.")
        .withExample("./config");
  }

  private static Schema imports() {
    Schema entry =
        Schema.readablePath(
                "A file, with or without its extension; a directory, of which every YAML file is"
                    + " read; or a glob (*, ?, [...], {a,b}, **).")
            .withExample("./imports/*.yaml");
    return Schema.oneOf(
        "Other files of configuration. They rank below this file.",
        Schema.list("The files, each over the ones before it.", entry),
        entry);
  }

  private static Schema profiles() {
    return Schema.object(
            "Directories of configuration that are merged over everything else, by --profile or"
                + " ATMOS_PROFILE.")
        .optional(
            "base_path",
            Schema.readablePath("The directory that holds the profiles; relative to this file's.")
                .withExample("./profiles"))
        .optional(
            "default",
            LineText.schema("The profile that is used where none is named.", LONGEST_LINE)
                .withExample("dev"));
  }

  private static Schema env() {
    return Schema.variables(
        "Variables for programs. Those of atmos's own that only say what this file could say as"
            + " well count for atmos where the environment doesn't have them.");
  }

  private static Schema logs() {
    return Schema.object("What is logged.")
        .optional(
            "level",
            Schema.choice(
                    "How much is logged.", "Trace", "Debug", "Info", "Warning", "Error", "Off")
                .withDefault("Warning"))
        .optional(
            "file",
            LineText.schema("Read for compatibility, and not used.", LONGEST_LINE)
                .withExample("/dev/stderr"));
  }

  /** What is written down of what atmos does. */
  public static Schema audit() {
    return Schema.object(
            "A log of sign-ins, credentials, tokens, programs and trust, without secrets.")
        .required(
            "file",
            Schema.writablePath("The file that gets a line of JSON for each event.")
                .withEffect(Effect.PROTECTION)
                .withExample("~/.local/state/atmos/audit.jsonl"))
        .optional(
            "required",
            Schema.flag("Makes a command fail if its event can't be written down.")
                .withEffect(Effect.PROTECTION)
                .withDefault("false"));
  }
}
