package dev.atmos.cli.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --output FORMAT}, with the formats that a command has; the first is the default. */
final class OutputOption {
  private final List<String> formats;
  private final OptionSpec option;

  OutputOption(String... formats) {
    this(List.of(formats), "");
  }

  private OutputOption(List<String> formats, String when) {
    this.formats = formats;
    this.option =
        OptionSpec.builder("-o", "--output")
            .arity("1")
            .type(String.class)
            .paramLabel("FORMAT")
            .completionCandidates(this.formats)
            .description(when + list() + "; " + formats.get(0) + " where it isn't given.")
            .build();
  }

  /** The same, of which the help says when it can be given. */
  static OutputOption when(String when, String... formats) {
    return new OutputOption(List.of(formats), when);
  }

  boolean isGiven() {
    return option.getValue() != null;
  }

  void addTo(CommandSpec spec) {
    spec.addOption(option);
  }

  /** The format that was asked for. */
  String format() {
    String given = option.getValue();
    if (given == null) {
      return formats.get(0);
    }
    if (!formats.contains(given)) {
      throw new AtmosException(ExitCode.USAGE, "--output must be " + list());
    }
    return given;
  }

  private String list() {
    int last = formats.size() - 1;
    return String.join(", ", formats.subList(0, last)) + " or " + formats.get(last);
  }
}
