package dev.atmos.services.kube;

import dev.atmos.text.TerminalText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The texts that may stand in a kubeconfig: visible ones of limited length. */
public final class NameSyntax {
  /** The longest name. */
  public static final int NAME = 512;

  /** The longest path. */
  public static final int PATH = 4096;

  static final int ARGUMENT = 65_536;
  private static final int URL = 2048;

  private NameSyntax() {}

  /**
   * @throws IllegalArgumentException if the text is empty, too long or not visible as a whole
   */
  public static void check(String what, String text, int longest) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    checkCharacters(what, text, longest, "");
  }

  /** As {@link #check}, where there is a text. */
  static void checkOptional(String what, @Nullable String text, int longest) {
    if (text != null) {
      check(what, text, longest);
    }
  }

  /**
   * @throws IllegalArgumentException if the server isn't an https URL of a host: over plain http,
   *     kubectl runs no command and sends no token
   */
  public static void checkServer(String server) {
    if (!isUrl("the server", server, "https")) {
      throw new IllegalArgumentException("the server isn't an https URL of a host");
    }
  }

  /**
   * @throws IllegalArgumentException if kubectl can't use the proxy, or if its URL holds a
   *     password: a kubeconfig is shown and shared
   */
  static void checkProxy(String proxy) {
    if (!isUrl("the proxy", proxy, "http", "https", "socks5")) {
      throw new IllegalArgumentException(
          "the proxy isn't an http, https or socks5 URL of a host, without a user or password");
    }
  }

  /** Whether a text is a URL of one of these schemes, of a host and at most a path on it. */
  private static boolean isUrl(String what, String text, String... schemes) {
    check(what, text, URL);
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(what + " isn't a URL", e);
    }
    return url.getScheme() != null
        && List.of(schemes).contains(url.getScheme().toLowerCase(Locale.ROOT))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  /** As {@link #check}; may be empty, and may hold these characters as well. */
  static void checkCharacters(String what, String text, int longest, String allowed) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          what + " is longer than " + longest + " characters, which is the limit");
    }
    OptionalInt hidden =
        text.codePoints().filter(c -> allowed.indexOf(c) < 0 && !isVisible(c)).findFirst();
    if (hidden.isPresent()) {
      throw new IllegalArgumentException(
          what
              + " has a character in it that can't be seen: "
              + TerminalText.character(hidden.getAsInt()));
    }
  }

  /** Wider than what is displayed: a path may hold a no-break space. */
  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
