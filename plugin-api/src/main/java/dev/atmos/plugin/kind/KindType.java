package dev.atmos.plugin.kind;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import java.util.Optional;

/**
 * What every kind says about itself. Only {@link #kind} has no default.
 *
 * <p>One object serves the whole run. Its methods may be called several times and by several
 * threads; each call returns at once, and reads, runs and sends nothing, unless it says otherwise.
 */
public interface KindType {

  /** The name of the kind, such as {@code acme/vault}: the value of {@code kind:}. */
  String kind();

  /**
   * Its own fields, without those that all providers, identities or integrations have ({@code
   * kind}, {@code via}, {@code default}, {@code tags} ...). Called where configuration is
   * validated, shown, listed or approved, and never where a token is printed. By default any field
   * is allowed, and a file that the user hasn't approved may hold none of them.
   */
  default Schema schema() {
    return Schema.object("A definition of kind " + kind() + ".").withOtherKeys();
  }

  /**
   * Who or what a definition is, for listings and {@code whoami}. The definition may be incomplete.
   * By default, listings show the fields that the schema declares.
   */
  default Description describe(Definition definition) {
    return Description.NONE;
  }

  /**
   * Why the kind can't be used on this machine or in this job at all, such as {@code this is not a
   * GitHub Actions job}; empty if it can. May read variables and files.
   */
  default Optional<String> unavailable(PluginContext context) {
    return Optional.empty();
  }
}
