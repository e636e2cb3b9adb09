package dev.atmos.cli.config;

import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top-level sections of {@code atmos.yaml} that the program itself reads. */
public final class HostSections {
  private HostSections() {}

  /** The sections, in the order in which they are best read. */
  public static List<ConfigSection> all() {
    return List.of(
        ConfigSection.of(
            "base_path",
            () ->
                text(
                    "The directory that relative imports start from; relative to the file's own.",
                    "./config")),
        ConfigSection.of(
            "import",
            () -> {
              Schema.Text entry =
                  text(
                      "A file, with or without its extension; a directory, of which every YAML file"
                          + " is read; or a glob (*, ?, [...], {a,b}, **).",
                      "./imports/*.yaml");
              return new Schema.OneOf(
                  "Other files of configuration. What they say ranks below what this file says.",
                  List.of(
                      new Schema.Items("The files, each over the ones before it.", entry), entry));
            }),
        ConfigSection.of(
            "profiles",
            () ->
                new Schema.Fields(
                    "Directories of configuration that are merged over everything else, by"
                        + " --profile or ATMOS_PROFILE.",
                    List.of(
                        field(
                            "base_path",
                            text(
                                "The directory that the profiles are in; relative to this file's.",
                                "./profiles"),
                            null),
                        field("default", text("The profile of who names none.", "dev"), null)),
                    false)),
        ConfigSection.of(
            "env",
            () ->
                new Schema.Named(
                    "Variables. Those of atmos's own that only say what this file could say as well"
                        + " count where the environment doesn't have them.",
                    text("The variable's value.", "dev"))),
        ConfigSection.of(
            "logs",
            () ->
                new Schema.Fields(
                    "What is said beside the answers.",
                    List.of(
                        field(
                            "level",
                            new Schema.Text(
                                "How much is said.",
                                Schema.Role.PLAIN,
                                List.of("Trace", "Debug", "Info", "Warning", "Error", "Off"),
                                null,
                                null,
                                null),
                            "Warning"),
                        field(
                            "file",
                            text("Read for compatibility, and not used.", "/dev/stderr"),
                            null)),
                    false)));
  }

  private static Schema.Text text(String description, String example) {
    return new Schema.Text(description, Schema.Role.PLAIN, List.of(), null, null, example);
  }

  private static Schema.Field field(String name, Schema shape, @Nullable String defaultValue) {
    return new Schema.Field(name, shape, false, defaultValue);
  }
}
