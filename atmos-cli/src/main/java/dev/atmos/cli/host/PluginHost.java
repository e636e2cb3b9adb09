package dev.atmos.cli.host;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.Service;
import dev.atmos.services.Services;
import dev.atmos.services.kind.CredentialStoreTypes;
import dev.atmos.services.kind.IdentityTypes;
import dev.atmos.services.kind.IntegrationTypes;
import dev.atmos.services.kind.ProviderTypes;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads the plugins that are addressed, and none else, and contains what goes wrong in them: a
 * broken plugin costs what it would have supplied, and is named. Safe for use by several threads.
 */
public final class PluginHost implements IdentityTypes, ProviderTypes, CredentialStoreTypes {
  private static final int MOST_CAUSES = 100;
  private static final int LONGEST_REASON = 300;

  private final PluginIndex builtIn;
  private final Supplier<PluginIndex> installed;
  // By the metadata itself: a third party's id may be that of a built-in plugin.
  private final IdentityHashMap<PluginMetadata, Plugin> loaded = new IdentityHashMap<>();
  private final IdentityHashMap<PluginMetadata, ClassLoader> loaders = new IdentityHashMap<>();
  private @Nullable PluginIndex installedIndex;

  /**
   * @param builtIn the plugins that are a part of the program
   * @param installed the third parties' plugins; asked for when the built-in ones don't do
   */
  public PluginHost(PluginIndex builtIn, Supplier<PluginIndex> installed) {
    this.builtIn = builtIn;
    this.installed = installed;
  }

  /** The plugins that are a part of the program. */
  public List<PluginMetadata> builtIn() {
    return builtIn.plugins();
  }

  /** The third parties' plugins. */
  public synchronized List<PluginMetadata> installed() {
    if (installedIndex == null) {
      installedIndex = installed.get();
    }
    return installedIndex.plugins();
  }

  /**
   * Makes a command of a plugin.
   *
   * @return what its factory made: a command specification or an annotated object
   * @throws AtmosException with {@link ExitCode#PLUGIN} if that goes wrong
   */
  public Object command(PluginMetadata plugin, String path, Services context) {
    return call(
        plugin,
        () -> {
          for (PluginCommand command : load(plugin).commands()) {
            if (command.path().equals(path)) {
              return given(plugin, command.factory().apply(context), "the command " + path);
            }
          }
          throw new AtmosException(
              ExitCode.PLUGIN, plugin + " does not have the command that it names: " + path);
        });
  }

  /** Makes the service of a type; only built-in plugins supply any. */
  public <T> T service(Class<T> type, Services context) {
    String name = type.getName();
    for (PluginMetadata plugin : builtIn()) {
      if (plugin.services().contains(name)) {
        return call(
            plugin,
            () -> {
              for (Service<?> service : load(plugin).services()) {
                if (service.type() == type) {
                  return type.cast(service.factory().apply(context));
                }
              }
              throw new AtmosException(
                  ExitCode.PLUGIN, plugin + " does not have the service that it names: " + name);
            });
      }
    }
    throw new AtmosException(ExitCode.PLUGIN, "no plugin supplies " + name);
  }

  /** What the plugins' sections of the configuration may hold; built-in plugins come first. */
  public Map<String, Schema> sections() {
    Map<String, Schema> sections = new LinkedHashMap<>();
    for (PluginMetadata plugin : builtIn()) {
      addSections(plugin, sections);
    }
    for (PluginMetadata plugin : installed()) {
      addSections(plugin, sections);
    }
    return sections;
  }

  private void addSections(PluginMetadata plugin, Map<String, Schema> sections) {
    if (plugin.sections().isEmpty()) {
      return;
    }
    call(
        plugin,
        () -> {
          for (ConfigSection section : load(plugin).sections()) {
            if (plugin.sections().contains(section.name())) {
              sections.putIfAbsent(
                  section.name(), given(plugin, section.shape().get(), "the section's shape"));
            }
          }
          return sections;
        });
  }

  @Override
  public Optional<IdentityType> find(String kind) {
    for (PluginMetadata plugin : builtIn()) {
      if (plugin.identities().contains(kind)) {
        return Optional.of(identityType(plugin, kind));
      }
    }
    for (PluginMetadata plugin : installed()) {
      if (plugin.identities().contains(kind)) {
        return Optional.of(identityType(plugin, kind));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>();
    for (PluginMetadata plugin : builtIn()) {
      kinds.addAll(plugin.identities());
    }
    for (PluginMetadata plugin : installed()) {
      kinds.addAll(plugin.identities());
    }
    return new ArrayList<>(kinds);
  }

  @Override
  public Optional<ProviderType> findProvider(String kind) {
    for (PluginMetadata plugin : builtIn()) {
      if (plugin.providers().contains(kind)) {
        return Optional.of(providerType(plugin, kind));
      }
    }
    for (PluginMetadata plugin : installed()) {
      if (plugin.providers().contains(kind)) {
        return Optional.of(providerType(plugin, kind));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> providerKinds() {
    TreeSet<String> kinds = new TreeSet<>();
    for (PluginMetadata plugin : builtIn()) {
      kinds.addAll(plugin.providers());
    }
    for (PluginMetadata plugin : installed()) {
      kinds.addAll(plugin.providers());
    }
    return new ArrayList<>(kinds);
  }

  @Override
  public Optional<CredentialStoreType> findStore(String name) {
    for (PluginMetadata plugin : builtIn()) {
      if (plugin.stores().contains(name)) {
        return Optional.of(storeType(plugin, name));
      }
    }
    for (PluginMetadata plugin : installed()) {
      if (plugin.stores().contains(name)) {
        return Optional.of(storeType(plugin, name));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> storeNames() {
    TreeSet<String> names = new TreeSet<>();
    for (PluginMetadata plugin : builtIn()) {
      names.addAll(plugin.stores());
    }
    for (PluginMetadata plugin : installed()) {
      names.addAll(plugin.stores());
    }
    return new ArrayList<>(names);
  }

  /**
   * The gate through which every call into a plugin goes.
   *
   * @throws AtmosException the plugin's own, or one with {@link ExitCode#PLUGIN} that names the
   *     plugin, whatever went wrong in it; what goes wrong in a built-in plugin is passed on as it
   *     is, because it is a defect of ours
   */
  public <T> T call(PluginMetadata plugin, Supplier<T> action) {
    if (plugin.builtIn()) {
      return action.get();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader(plugin));
      return action.get();
    } catch (AtmosException | GrantRefusedException e) {
      throw e;
    } catch (Throwable e) {
      // Whatever a stranger's code throws is that plugin's failure, errors of the VM included.
      throw new AtmosException(ExitCode.PLUGIN, plugin + " failed: " + describe(e), null, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The integration kinds of all plugins. */
  public IntegrationTypes integrationTypes() {
    return new IntegrationKinds(this);
  }

  private IdentityType identityType(PluginMetadata plugin, String kind) {
    IdentityType type =
        call(
            plugin,
            () -> {
              for (IdentityType candidate : load(plugin).identities()) {
                if (candidate.kind().equals(kind)) {
                  return candidate;
                }
              }
              throw new AtmosException(
                  ExitCode.PLUGIN,
                  plugin + " does not have the identity kind that it names: " + kind);
            });
    return plugin.builtIn() ? type : new GuestSteps(this, plugin).identityType(kind, type);
  }

  private ProviderType providerType(PluginMetadata plugin, String kind) {
    ProviderType type =
        call(
            plugin,
            () -> {
              for (ProviderType candidate : load(plugin).providers()) {
                if (candidate.kind().equals(kind)) {
                  return candidate;
                }
              }
              throw new AtmosException(
                  ExitCode.PLUGIN,
                  plugin + " does not have the provider kind that it names: " + kind);
            });
    return plugin.builtIn() ? type : new GuestSteps(this, plugin).providerType(kind, type);
  }

  private CredentialStoreType storeType(PluginMetadata plugin, String name) {
    CredentialStoreType type =
        call(
            plugin,
            () -> {
              for (CredentialStoreType candidate : load(plugin).stores()) {
                if (candidate.name().equals(name)) {
                  return candidate;
                }
              }
              throw new AtmosException(
                  ExitCode.PLUGIN,
                  plugin + " does not have the credential store that it names: " + name);
            });
    return plugin.builtIn() ? type : new GuestStoreType(plugin, name, type);
  }

  /** The code of a plugin, which is loaded if it hasn't been. */
  synchronized Plugin load(PluginMetadata plugin) {
    Plugin code = loaded.get(plugin);
    if (code == null) {
      if (!ApiVersion.CURRENT.supports(plugin.api())) {
        throw new AtmosException(
            ExitCode.PLUGIN,
            plugin
                + " was built for version "
                + plugin.api()
                + " of the plugin API, and this atmos has "
                + ApiVersion.CURRENT);
      }
      code = materialise(plugin);
      loaded.put(plugin, code);
    }
    return code;
  }

  private synchronized ClassLoader loader(PluginMetadata plugin) {
    ClassLoader loader = loaders.get(plugin);
    if (loader == null) {
      ClassLoader host = PluginHost.class.getClassLoader();
      loader =
          plugin.builtIn()
              ? new OneProviderLoader(plugin.className(), host)
              : new PluginClassLoader(plugin.id(), urls(plugin.jars()), host);
      loaders.put(plugin, loader);
    }
    return loader;
  }

  private Plugin materialise(PluginMetadata plugin) {
    Iterator<ServiceLoader.Provider<Plugin>> providers =
        ServiceLoader.load(Plugin.class, loader(plugin)).stream().iterator();
    while (providers.hasNext()) {
      ServiceLoader.Provider<Plugin> provider = providers.next();
      if (provider.type().getName().equals(plugin.className())) {
        return provider.get();
      }
    }
    throw new AtmosException(
        ExitCode.PLUGIN,
        plugin
            + " does not offer the class that it names: "
            + plugin.className()
            + (plugin.builtIn() ? "" : " is not in " + plugin.jars()));
  }

  /** A stranger's code may give nothing back, whatever its signature says. */
  static <T> T given(PluginMetadata plugin, @Nullable T result, String what) {
    if (result == null) {
      throw new AtmosException(ExitCode.PLUGIN, plugin + " failed: it did not make " + what);
    }
    return result;
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("not a place for a jar: " + jars.get(i), e);
      }
    }
    return urls;
  }

  /** The innermost cause, in one line that isn't too long to be read. */
  private static String describe(Throwable problem) {
    Throwable cause = problem;
    String message = null;
    try {
      for (int depth = 0; depth < MOST_CAUSES && cause.getCause() != null; depth++) {
        cause = cause.getCause();
      }
      message = cause.getMessage();
    } catch (Throwable e) {
      // Exceptions are the plugin's code too; one that can't be asked is told by its name.
    }
    String name = cause.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name;
    }
    int end = 0;
    while (end < message.length() && end < LONGEST_REASON && message.charAt(end) >= ' ') {
      end++;
    }
    return name + ": " + message.substring(0, end);
  }

  /** A credential store of a third party's, called through the gate. */
  private final class GuestStoreType implements CredentialStoreType {
    private final PluginMetadata plugin;
    private final String name;
    private final CredentialStoreType guest;

    GuestStoreType(PluginMetadata plugin, String name, CredentialStoreType guest) {
      this.plugin = plugin;
      this.name = name;
      this.guest = guest;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CredentialStore create(Services context) {
      return new GuestStore(
          plugin, call(plugin, () -> given(plugin, guest.create(context), "the credential store")));
    }
  }

  private final class GuestStore implements CredentialStore {
    private final PluginMetadata plugin;
    private final CredentialStore guest;

    GuestStore(PluginMetadata plugin, CredentialStore guest) {
      this.plugin = plugin;
      this.guest = guest;
    }

    @Override
    public Optional<Secret> read(CredentialKey key) {
      return PluginHost.this.<Optional<Secret>>call(
          plugin, () -> given(plugin, guest.read(key), "an answer for " + key));
    }

    @Override
    public void write(CredentialKey key, Secret value) {
      call(
          plugin,
          () -> {
            guest.write(key, value);
            return true;
          });
    }

    @Override
    public boolean delete(CredentialKey key) {
      return call(plugin, () -> guest.delete(key));
    }

    @Override
    public List<CredentialKey> keys() {
      return PluginHost.this.<List<CredentialKey>>call(
          plugin, () -> List.copyOf(given(plugin, guest.keys(), "the list of its entries")));
    }
  }
}
