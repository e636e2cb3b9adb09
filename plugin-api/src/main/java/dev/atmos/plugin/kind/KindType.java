package dev.atmos.plugin.kind;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import java.util.Optional;

/** What every type of kind says about itself. All but {@link #kind} has a default. */
public interface KindType {

  /** The kind, as {@code kind:} says it, such as {@code acme/vault}. */
  String kind();

  /**
   * The fields of its own. What all providers, identities or integrations have ({@code kind},
   * {@code via}, {@code default}, {@code tags} ...) is not among them. Asked for where
   * configuration is checked, shown, listed or approved, never where a token is printed. By default
   * any field is allowed, and none may be in a file that the user hasn't approved.
   */
  default Schema schema() {
    return Schema.object("A definition of kind " + kind() + ".").withOtherKeys();
  }

  /**
   * Who or what a definition is, for listings and {@code whoami}. Nothing is run or sent. By
   * default, nothing more is known than the fields that the schema declares.
   */
  default Description describe(Definition definition) {
    return Description.NONE;
  }

  /**
   * Why the kind can't be used here at all, such as {@code this is not a job of GitHub Actions};
   * empty where it can.
   */
  default Optional<String> unavailable(PluginContext context) {
    return Optional.empty();
  }
}
