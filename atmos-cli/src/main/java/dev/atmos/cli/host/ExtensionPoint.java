package dev.atmos.cli.host;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of one sort, such as all identity kinds. Built-in plugins come first: their kinds can't
 * be shadowed, and the index of installed plugins isn't read for one of them.
 *
 * @param <T> what a kind of this sort is
 */
final class ExtensionPoint<T extends KindType> implements Kinds<T> {
  private final PluginHost host;
  private final String key;
  private final String noun;
  private final Class<T> type;
  private final Function<Plugin, List<T>> types;

  /**
   * @param key the key of the metadata that names the kinds
   * @param noun what messages call a kind of this sort
   * @param types the plugin's method that makes their types
   */
  ExtensionPoint(
      PluginHost host, String key, String noun, Class<T> type, Function<Plugin, List<T>> types) {
    this.host = host;
    this.key = key;
    this.noun = noun;
    this.type = type;
    this.types = types;
  }

  @Override
  public Optional<T> find(String kind) {
    PluginMetadata plugin = host.supplier(key, kind);
    if (plugin == null) {
      host.requireSafe(noun + " " + DisplayNames.quoted(kind));
      return Optional.empty();
    }
    return Optional.of(load(plugin, kind));
  }

  @Override
  public List<String> names() {
    return names(host.all());
  }

  @Override
  public List<String> builtInNames() {
    return names(host.builtIn());
  }

  private List<String> names(List<PluginMetadata> plugins) {
    return plugins.stream()
        .flatMap(plugin -> plugin.names(key).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private T load(PluginMetadata plugin, String kind) {
    PluginLoader loader = host.loader();
    T found =
        loader.ask(
            plugin,
            "its " + noun + "s",
            () -> {
              for (T candidate : types.apply(loader.load(plugin))) {
                if (candidate.kind().equals(kind)) {
                  return candidate;
                }
              }
              throw new AtmosException(
                  ExitCode.PLUGIN,
                  plugin + " does not have the " + noun + " that it names: " + kind);
            });
    return plugin.builtIn() ? found : ContainedObject.of(loader, plugin, type, found);
  }
}
