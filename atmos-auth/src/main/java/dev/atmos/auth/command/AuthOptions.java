package dev.atmos.auth.command;

import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Options that several of the commands have. */
final class AuthOptions {
  /** What {@code --identity} has for a value where it was given without one. Nobody can type it. */
  static final String PICK = "\u0000";

  private AuthOptions() {}

  static OptionSpec identity(AuthEngine engine, String meaning) {
    return OptionSpec.builder("-i", "--identity")
        .arity("0..1")
        .fallbackValue(PICK)
        .type(String.class)
        .paramLabel("NAME")
        .completionCandidates(
            () -> new ConfiguredAuthNames(engine.services()).identities().iterator())
        .description(
            meaning
                + " If it is left out: ATMOS_IDENTITY, else the default identity, else the only"
                + " one. Without a name: pick one from a list.")
        .build();
  }

  static OptionSpec provider(AuthEngine engine, String meaning) {
    return OptionSpec.builder("-p", "--provider")
        .arity("1")
        .type(String.class)
        .paramLabel("NAME")
        .completionCandidates(
            () -> new ConfiguredAuthNames(engine.services()).providers().iterator())
        .description(meaning)
        .build();
  }

  static OptionSpec flag(String name, String meaning) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(meaning).build();
  }

  static PositionalParamSpec name(AuthEngine engine, String meaning) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("0..1")
        .type(String.class)
        .paramLabel("NAME")
        .completionCandidates(
            () -> new ConfiguredAuthNames(engine.services()).identities().iterator())
        .description(meaning)
        .build();
  }

  static boolean isGiven(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  /** The texts between commas; empty ones are left out. */
  static List<String> atCommas(@Nullable String text) {
    List<String> words = new ArrayList<>();
    if (text != null) {
      for (String word : text.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    return words;
  }
}
