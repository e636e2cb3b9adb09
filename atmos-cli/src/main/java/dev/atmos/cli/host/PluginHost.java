package dev.atmos.cli.host;

import dev.atmos.cli.port.PluginThreads;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plugins: finds by their metadata which one supplies something, loads that one and no other,
 * and contains what goes wrong in it. A broken plugin costs what it would have supplied, and is
 * named. Safe for use by several threads.
 */
public final class PluginHost implements KindRegistry {
  private final PluginIndex builtIn;
  private final Supplier<PluginIndex> installed;
  private final PluginLoader loader;
  private @Nullable PluginIndex installedIndex;

  /**
   * @param builtIn the plugins that are a part of the program
   * @param installed the third parties' plugins; asked for when the built-in ones don't do
   * @param threads where their code runs; asked for when the first of them is loaded
   * @param safePlaces where their code may be
   */
  public PluginHost(
      PluginIndex builtIn,
      Supplier<PluginIndex> installed,
      Supplier<PluginThreads> threads,
      SafePlaces safePlaces) {
    this.builtIn = builtIn;
    this.installed = installed;
    this.loader = new PluginLoader(threads, safePlaces);
  }

  /** From now on, the policy that these services have decides which plugins are loaded. */
  public void governBy(Services services) {
    loader.governBy(services);
  }

  /** The plugins that are a part of the program. */
  public List<PluginMetadata> builtIn() {
    return builtIn.plugins();
  }

  /** The third parties' plugins. */
  public List<PluginMetadata> installed() {
    return index().plugins();
  }

  private synchronized PluginIndex index() {
    PluginIndex known = installedIndex;
    if (known == null) {
      known = installed.get();
      installedIndex = known;
    }
    return known;
  }

  /** What others can change of the index, which isn't read then; null if they can't. */
  public @Nullable UnsafePlace unsafe() {
    return index().unsafe();
  }

  /**
   * Takes notice that no known plugin supplies something.
   *
   * @throws AtmosException with {@link ExitCode#PLUGIN} if the installed plugins aren't known,
   *     because others can change their index
   */
  public void requireSafe(String missing) {
    UnsafePlace unsafe = unsafe();
    if (unsafe != null) {
      throw new AtmosException(
          ExitCode.PLUGIN,
          missing + " is not built in, and installed plugins are not loaded: " + unsafe,
          unsafe.cure(),
          null);
    }
  }

  /** All plugins, the built-in ones first. */
  public List<PluginMetadata> all() {
    List<PluginMetadata> all = new ArrayList<>(builtIn());
    all.addAll(installed());
    return all;
  }

  /**
   * The plugin whose metadata lists a name under a key; null if none does. A built-in plugin can't
   * be shadowed, and the index of installed plugins isn't read for its names.
   */
  @Nullable PluginMetadata supplier(String key, String name) {
    PluginMetadata plugin = supplier(builtIn(), key, name);
    return plugin == null ? supplier(installed(), key, name) : plugin;
  }

  private static @Nullable PluginMetadata supplier(
      List<PluginMetadata> plugins, String key, String name) {
    for (PluginMetadata plugin : plugins) {
      if (plugin.names(key).contains(name)) {
        return plugin;
      }
    }
    return null;
  }

  PluginLoader loader() {
    return loader;
  }

  /**
   * Calls a plugin.
   *
   * @throws AtmosException the plugin's own, or one with {@link ExitCode#PLUGIN} that names the
   *     plugin, whatever went wrong in it; what goes wrong in a built-in plugin is passed on as it
   *     is, because it is a defect of ours
   */
  public <T> T call(PluginMetadata plugin, Supplier<T> action) {
    return loader.call(plugin, action);
  }

  /**
   * Makes a command of a plugin.
   *
   * @return what its factory made: a command specification or an annotated object
   * @throws AtmosException with {@link ExitCode#PLUGIN} if that goes wrong
   */
  public Object command(PluginMetadata plugin, String path, Services services) {
    return loader.call(
        plugin,
        () -> {
          for (PluginCommand command : loader.load(plugin).commands()) {
            if (command.path().equals(path)) {
              return made(command.factory().apply(services), path);
            }
          }
          throw new AtmosException(
              ExitCode.PLUGIN, plugin + " does not have the command that it names: " + path);
        });
  }

  /** A command of a built-in plugin in the form that runs without picocli; null if it has none. */
  public @Nullable DirectCommand direct(PluginMetadata plugin, String path, Services services) {
    return plugin.builtIn() && loader.load(plugin) instanceof ServicePlugin own
        ? own.direct(path, services)
        : null;
  }

  /** A plugin's factory may return null, whatever its signature says. */
  private static Object made(@Nullable Object command, String path) {
    if (command == null) {
      throw new IllegalStateException("the factory of the command " + path + " returned null");
    }
    return command;
  }

  /** Makes the service of a type; only built-in plugins supply any. */
  public <T> T service(Class<T> type, Services services) {
    String name = type.getName();
    PluginMetadata plugin = supplier(builtIn(), "services", name);
    if (plugin == null) {
      throw new AtmosException(ExitCode.PLUGIN, "no plugin supplies " + name);
    }
    if (loader.load(plugin) instanceof ServicePlugin code) {
      for (Service<?> service : code.services()) {
        if (service.type() == type) {
          return type.cast(service.factory().apply(services));
        }
      }
    }
    throw new AtmosException(
        ExitCode.PLUGIN, plugin + " does not have the service that it names: " + name);
  }

  // The extension points. None of them holds anything, so each is made when it is asked for.

  @Override
  public Kinds<ProviderType> providers() {
    return new ExtensionPoint<>(
        this, "providers", "provider kind", ProviderType.class, Plugin::providers);
  }

  @Override
  public Kinds<IdentityType> identities() {
    return new ExtensionPoint<>(
        this, "identities", "identity kind", IdentityType.class, Plugin::identities);
  }

  /** Whether one of our own plugins supplies that kind of a provider, identity or integration. */
  public boolean isBuiltIn(String kind) {
    return providers().builtInNames().contains(kind)
        || identities().builtInNames().contains(kind)
        || integrations().builtInNames().contains(kind);
  }

  @Override
  public Kinds<IntegrationType> integrations() {
    return new ExtensionPoint<>(
        this, "integrations", "integration kind", IntegrationType.class, Plugin::integrations);
  }

  @Override
  public Kinds<CredentialStoreType> stores() {
    return new ExtensionPoint<>(
        this, "stores", "credential store", CredentialStoreType.class, Plugin::stores);
  }

  @Override
  public Optional<String> fallbackIdentity() {
    for (PluginMetadata plugin : builtIn()) {
      String kind = plugin.fallbackIdentity();
      if (kind != null) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
