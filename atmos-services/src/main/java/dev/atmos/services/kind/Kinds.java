package dev.atmos.services.kind;

import dev.atmos.plugin.kind.KindType;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of one sort, such as all identity kinds, by the metadata of the plugins. Only the
 * plugin of a kind that is asked for is loaded.
 *
 * @param <T> what a kind of this sort is
 */
public interface Kinds<T extends KindType> {

  /**
   * The type of a kind; empty if no plugin supplies it.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#PLUGIN}
   *     if the plugin that supplies it can't be loaded
   */
  Optional<T> find(String kind);

  /** The names of all kinds, sorted. Loads no plugin. */
  List<String> names();

  /** The names of the kinds of built-in plugins, sorted. Loads no plugin. */
  List<String> builtInNames();
}
