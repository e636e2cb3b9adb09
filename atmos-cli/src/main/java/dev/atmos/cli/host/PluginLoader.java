package dev.atmos.cli.host;

import dev.atmos.cli.port.PluginThreads;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.base.ApiVersion;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.ShellQuoting;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads the code of plugins and contains what goes wrong in that of third parties. Safe for use by
 * several threads.
 */
final class PluginLoader {
  private static final int MOST_CAUSES = 100;
  private static final int LONGEST_REASON = 300;

  // By the metadata itself: a third party's id may be that of a built-in plugin.
  private final IdentityHashMap<PluginMetadata, Plugin> loaded = new IdentityHashMap<>();
  private final IdentityHashMap<PluginMetadata, ClassLoader> loaders = new IdentityHashMap<>();
  private final Supplier<PluginThreads> threads;
  private final SafePlaces safePlaces;
  private @Nullable PluginThreads guestThreads;
  private @Nullable Services governing;

  /**
   * @param threads for the plugins of third parties; asked for when the first of them is loaded
   * @param safePlaces where their code may be
   */
  PluginLoader(Supplier<PluginThreads> threads, SafePlaces safePlaces) {
    this.threads = threads;
    this.safePlaces = safePlaces;
  }

  /** From now on, the policy that these services have decides which plugins are loaded. */
  void governBy(Services services) {
    governing = services;
  }

  /**
   * Calls a plugin.
   *
   * @throws AtmosException the plugin's own, or one with {@link ExitCode#PLUGIN} that names the
   *     plugin, whatever went wrong in it; what goes wrong in a built-in plugin is passed on as it
   *     is, because it is a defect of ours
   */
  <T> T call(PluginMetadata plugin, Supplier<T> action) {
    return plugin.builtIn() ? action.get() : contain(plugin, action::get);
  }

  /**
   * Asks a plugin about itself: {@link #call} with an answer in time.
   *
   * @param question what it is asked, for the message
   */
  <T> T ask(PluginMetadata plugin, String question, Supplier<T> action) {
    return plugin.builtIn()
        ? action.get()
        : containWithin(plugin, question, GuestLimits.TO_ANSWER, action::get);
  }

  /**
   * The gate for a call of a third party's plugin that has to return in time.
   *
   * @param call what is called, for the message
   */
  <T extends @Nullable Object> T containWithin(
      PluginMetadata plugin, String call, Duration limit, PluginThreads.Call<T> action) {
    return contain(
        plugin,
        () -> {
          try {
            return threads().call(plugin.toString(), limit, action);
          } catch (TimeoutException e) {
            throw new AtmosException(
                ExitCode.PLUGIN,
                plugin + " did not return within " + limit.toSeconds() + " seconds: " + call,
                null,
                e);
          }
        });
  }

  private synchronized PluginThreads threads() {
    if (guestThreads == null) {
      guestThreads = threads.get();
    }
    return guestThreads;
  }

  /** The gate: {@link #call} for a third party's plugin. */
  <T extends @Nullable Object> T contain(PluginMetadata plugin, PluginThreads.Call<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(classLoader(plugin));
      return action.run();
    } catch (AtmosException | GrantRefusedException e) {
      throw e;
    } catch (Throwable e) {
      // Whatever a stranger's code throws is that plugin's failure, errors of the VM included.
      throw new AtmosException(ExitCode.PLUGIN, plugin + " failed: " + describe(e), null, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The code of a plugin, which is loaded if it hasn't been. */
  Plugin load(PluginMetadata plugin) {
    synchronized (loaded) {
      Plugin code = loaded.get(plugin);
      if (code != null) {
        return code;
      }
    }
    if (!ApiVersion.CURRENT.supports(plugin.api())) {
      throw new AtmosException(
          ExitCode.PLUGIN,
          plugin
              + " was built for version "
              + plugin.api()
              + " of the plugin API, and this atmos has "
              + ApiVersion.CURRENT);
    }
    // Not under a lock: a constructor that doesn't return must not stop other plugins.
    Plugin code = plugin.builtIn() ? instantiateBuiltIn(plugin) : instantiate(plugin);
    synchronized (loaded) {
      Plugin other = loaded.putIfAbsent(plugin, code);
      return other == null ? code : other;
    }
  }

  /** The loader of a third party's plugin. */
  private synchronized ClassLoader classLoader(PluginMetadata plugin) {
    ClassLoader loader = loaders.get(plugin);
    if (loader == null) {
      requireAllowed(plugin);
      for (PluginMetadata.Jar jar : plugin.jars()) {
        verify(plugin, jar);
      }
      ClassLoader host = PluginLoader.class.getClassLoader();
      loader = new PluginClassLoader(plugin.id(), urls(plugin.jars()), host);
      // From here on, the process can be ended by code that isn't ours.
      threads();
      loaders.put(plugin, loader);
    }
    return loader;
  }

  /** Makes sure that a jar is the one that the user has registered, and that it stays so. */
  private void verify(PluginMetadata plugin, PluginMetadata.Jar jar) {
    UnsafePlace unsafe = safePlaces.problem(jar.path());
    if (unsafe != null) {
      throw new AtmosException(
          ExitCode.PLUGIN, plugin + " is not loaded: " + unsafe, unsafe.cure(), null);
    }
    String digest;
    try {
      digest = safePlaces.sha256(jar.path());
    } catch (IOException e) {
      throw missing(plugin);
    }
    if (!digest.equals(jar.sha256())) {
      boolean registered = !jar.sha256().isEmpty();
      throw new AtmosException(
          ExitCode.PLUGIN,
          plugin
              + " is not loaded: "
              + jar.path()
              + (registered ? " has changed since it was registered" : " is not registered"),
          registration(plugin, jar, digest),
          null);
    }
  }

  /**
   * How a jar is registered with another digest: of two lines of the index, the last one counts.
   */
  private static String registration(PluginMetadata plugin, PluginMetadata.Jar jar, String digest) {
    Path index = PluginIndex.of(jar);
    String line = plugin.id() + PluginIndex.DIGEST + jar.path().getFileName() + "=" + digest;
    boolean windows = index.getFileSystem().getSeparator().equals("\\");
    return "if you trust it, "
        + (windows
            ? "add this line to " + index + ": " + line
            : "run: printf '\\n%s\\n' " + line + " >> " + ShellQuoting.path(index));
  }

  /** The digest of the index counts here: a jar that hasn't it is refused anyway. */
  private void requireAllowed(PluginMetadata plugin) {
    Optional<Policy> policy = governing == null ? Optional.empty() : governing.policy();
    if (policy.isPresent()) {
      for (PluginMetadata.Jar jar : plugin.jars()) {
        policy.get().requirePlugin(plugin.toString(), jar.sha256());
      }
    }
  }

  private Plugin instantiate(PluginMetadata plugin) {
    Iterator<ServiceLoader.Provider<Plugin>> providers =
        ServiceLoader.load(Plugin.class, classLoader(plugin)).stream().iterator();
    while (providers.hasNext()) {
      ServiceLoader.Provider<Plugin> provider = providers.next();
      if (provider.type().getName().equals(plugin.className())) {
        return provider.get();
      }
    }
    throw missing(plugin);
  }

  /**
   * A plugin of the product's. ServiceLoader finds the same class, but would look at every jar, or
   * load the class of every plugin.
   */
  private static Plugin instantiateBuiltIn(PluginMetadata plugin) {
    try {
      return Class.forName(plugin.className())
          .asSubclass(Plugin.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(plugin + " has no " + plugin.className(), e);
    }
  }

  private static AtmosException missing(PluginMetadata plugin) {
    String jars =
        plugin.jars().stream().map(jar -> jar.path().toString()).collect(Collectors.joining(", "));
    return new AtmosException(
        ExitCode.PLUGIN,
        plugin
            + " can't be loaded: "
            + jars
            + " is missing or damaged, or has no META-INF/services/"
            + Plugin.class.getName()
            + " that names "
            + plugin.className());
  }

  private static URL[] urls(List<PluginMetadata.Jar> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).path().toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("not a place for a jar: " + jars.get(i).path(), e);
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
      // Exceptions are the plugin's code too; one that can't be asked is described by its name.
    }
    String simpleName = cause.getClass().getSimpleName();
    String name = simpleName.isEmpty() ? cause.getClass().getName() : simpleName;
    if (message == null || message.isBlank()) {
      return name;
    }
    int end = 0;
    while (end < message.length() && end < LONGEST_REASON && message.charAt(end) >= ' ') {
      end++;
    }
    return name + ": " + message.substring(0, end);
  }
}
