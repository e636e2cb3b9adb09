package dev.atmos.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URLs that secrets may be sent to. */
public final class PrivateUrl {
  private PrivateUrl() {}

  /** The URL of a text; empty if the text is no URL, or the URL {@linkplain #is isn't private}. */
  public static Optional<URI> of(String text) {
    try {
      return Optional.of(new URI(text)).filter(PrivateUrl::is);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether only the host itself can read what is sent there: by TLS, or on this machine. */
  public static boolean is(URI uri) {
    String host = uri.getHost();
    return host != null
        && ("https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme())
                // A name such as 127.example.com isn't an address of this machine.
                && host.matches("(?i)localhost|\\[::1\\]|127(\\.[0-9]{1,3}){3}")));
  }
}
