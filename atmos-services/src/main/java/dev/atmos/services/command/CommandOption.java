package dev.atmos.services.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** An option of a command, and its value in this run. */
public final class CommandOption {
  final String[] names;
  private final @Nullable String label;
  private @Nullable String fallback;
  private @Nullable Iterable<String> candidates;
  String description = "";
  private @Nullable String value;

  private CommandOption(@Nullable String label, String... names) {
    this.label = label;
    this.names = names;
  }

  /** An option that has no value. */
  public static CommandOption flag(String... names) {
    return new CommandOption(null, names);
  }

  /**
   * An option with a value.
   *
   * @param label what stands for the value in help
   */
  public static CommandOption withValue(String label, String... names) {
    return new CommandOption(label, names);
  }

  /** Says what it is for, in help. */
  public CommandOption description(String text) {
    this.description = text;
    return this;
  }

  /** Lets the value be left out, which comes to {@code text}. */
  public CommandOption optional(String text) {
    this.fallback = text;
    return this;
  }

  /** Lets shells complete the value. */
  public CommandOption candidates(Iterable<String> values) {
    this.candidates = values;
    return this;
  }

  /** Its last name, which messages show. */
  public String name() {
    return names[names.length - 1];
  }

  /** Whether the user gave it. */
  public boolean isGiven() {
    return value != null;
  }

  /** The value that the user gave; null without one. */
  public @Nullable String value() {
    return value;
  }

  /** The value that the user gave, or that one. */
  public String valueOr(String other) {
    return value == null ? other : value;
  }

  /** Sets the value. */
  void set(@Nullable String text) {
    this.value = text;
  }

  boolean isFlag() {
    return label == null;
  }

  @Nullable String fallback() {
    return fallback;
  }

  boolean has(String name) {
    for (String each : names) {
      if (each.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The same for picocli, which sets its value. */
  OptionSpec toSpec() {
    OptionSpec.Builder spec =
        OptionSpec.builder(names)
            .description(description)
            .getter(
                new IGetter() {
                  @Override
                  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
                  public <T> @Nullable T get() {
                    return (T) (isFlag() ? isGiven() : value);
                  }
                })
            .setter(
                new ISetter() {
                  @Override
                  public <T> @Nullable T set(@Nullable T parsed) {
                    CommandOption.this.set(
                        parsed == null || Boolean.FALSE.equals(parsed) ? null : parsed.toString());
                    return null;
                  }
                });
    if (isFlag()) {
      return spec.arity("0").type(boolean.class).build();
    }
    spec.arity(fallback == null ? "1" : "0..1").type(String.class).paramLabel(label);
    if (fallback != null) {
      spec.fallbackValue(fallback);
    }
    if (candidates != null) {
      spec.completionCandidates(candidates);
    }
    return spec.build();
  }
}
