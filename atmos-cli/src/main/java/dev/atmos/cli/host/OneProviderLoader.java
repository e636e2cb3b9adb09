package dev.atmos.cli.host;

import dev.atmos.plugin.Plugin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Shows {@link java.util.ServiceLoader} the one provider that the index names. Without it, the
 * search for service files would open every jar of the class path.
 */
final class OneProviderLoader extends ClassLoader {
  private static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();

  private final String provider;

  OneProviderLoader(String provider, ClassLoader parent) {
    super(parent);
    this.provider = provider;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.equals(SERVICE_FILE)) {
      return super.getResources(name);
    }
    URL url = URL.of(URI.create("index:/provider"), new TextHandler(provider));
    return Collections.enumeration(Collections.singletonList(url));
  }

  private static final class TextHandler extends URLStreamHandler {
    private final String text;

    TextHandler(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}
