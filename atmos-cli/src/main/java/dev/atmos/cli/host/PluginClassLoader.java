package dev.atmos.cli.host;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one third-party plugin. It sees the JDK, its own jars, and of the program only
 * what its API is made of; a library of the program's is never a library of a plugin's.
 */
public final class PluginClassLoader extends URLClassLoader {
  private static final String PREFIX = "atmos-plugin-";

  static {
    registerAsParallelCapable();
  }

  private final URL[] jars;

  PluginClassLoader(String id, URL[] jars, ClassLoader host) {
    super(PREFIX + id, jars, new ApiLoader(host));
    this.jars = jars;
  }

  /**
   * A jar may name others in its manifest, which the index doesn't hold: their classes don't count.
   */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> found = super.findClass(name);
    CodeSource source = found.getProtectionDomain().getCodeSource();
    String place = source == null ? "" : String.valueOf(source.getLocation());
    for (URL jar : jars) {
      if (jar.toString().equals(place)) {
        return found;
      }
    }
    throw new ClassNotFoundException(name + " is in a jar that is not registered: " + place);
  }

  /** The id of the plugin whose code a frame of a stack is of; null for any other code. */
  public static @Nullable String pluginOf(StackTraceElement frame) {
    String loader = frame.getClassLoaderName();
    return loader != null && loader.startsWith(PREFIX) ? loader.substring(PREFIX.length()) : null;
  }

  /** The JDK's platform classes, and those packages of the program that plugins are written for. */
  private static final class ApiLoader extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final ClassLoader host;

    ApiLoader(ClassLoader host) {
      super("atmos-plugin-api", ClassLoader.getPlatformClassLoader());
      this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      // With the dot at the end: dev.atmos.pluginfoo is not ours.
      if (name.startsWith("dev.atmos.plugin.")
          || name.startsWith("picocli.")
          || name.startsWith("org.jspecify.annotations.")) {
        return host.loadClass(name);
      }
      Class<?> found = super.loadClass(name, resolve);
      // The platform's loader finds the classes of every module of an image, the program's too.
      if (host.equals(found.getClassLoader())) {
        throw new ClassNotFoundException(name);
      }
      return found;
    }
  }
}
