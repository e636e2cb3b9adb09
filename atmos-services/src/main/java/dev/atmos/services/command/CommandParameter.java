package dev.atmos.services.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The positional parameter of a command, and its words in this run. */
public final class CommandParameter {
  private final String label;
  private final boolean several;
  private final String description;
  private @Nullable Iterable<String> candidates;
  private List<String> values = List.of();

  private CommandParameter(String label, boolean several, String description) {
    this.label = label;
    this.several = several;
    this.description = description;
  }

  /** One word, which may be left out. */
  public static CommandParameter one(String label, String description) {
    return new CommandParameter(label, false, description);
  }

  /** Any number of words. */
  public static CommandParameter several(String label, String description) {
    return new CommandParameter(label, true, description);
  }

  /** Lets shells complete them. */
  public CommandParameter candidates(Iterable<String> words) {
    this.candidates = words;
    return this;
  }

  /** The words that the user typed. */
  public List<String> values() {
    return values;
  }

  /** The first of them; null without one. */
  public @Nullable String value() {
    return values.isEmpty() ? null : values.get(0);
  }

  boolean takes(int count) {
    return several || count <= 1;
  }

  void set(List<String> words) {
    this.values = words;
  }

  /** The same for picocli. */
  PositionalParamSpec toSpec() {
    PositionalParamSpec.Builder spec =
        PositionalParamSpec.builder()
            .index(several ? "0..*" : "0")
            .arity(several ? "0..*" : "0..1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(description)
            .getter(
                new IGetter() {
                  @Override
                  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
                  public <T> T get() {
                    return (T) new ArrayList<>(values);
                  }
                })
            .setter(
                new ISetter() {
                  @Override
                  @SuppressWarnings("unchecked")
                  public <T> @Nullable T set(@Nullable T parsed) {
                    CommandParameter.this.set(parsed == null ? List.of() : (List<String>) parsed);
                    return null;
                  }
                });
    if (candidates != null) {
      spec.completionCandidates(candidates);
    }
    return spec.build();
  }
}
