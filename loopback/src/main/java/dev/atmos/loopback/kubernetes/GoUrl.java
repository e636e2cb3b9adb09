package dev.atmos.loopback.kubernetes;

import dev.atmos.loopback.http.ServerRequest.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A URL, parsed as Go's {@code net/url} does it and not as {@code java.net.URI} does: the server
 * that this package stands in for is written in Go. Texts hold one byte per character (ISO 8859-1)
 * until they are decoded.
 *
 * @param scheme in lower case; empty if there is none
 * @param hasUserInfo whether the authority has a part before an {@code @}
 * @param host with its port, as written
 * @param path decoded
 * @param rawQuery as written, without the question mark
 */
record GoUrl(String scheme, boolean hasUserInfo, String host, String path, String rawQuery) {

  /** For what Go's {@code url.Parse} or {@code url.ParseQuery} returns an error. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  static GoUrl parse(String text) throws MalformedException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw new MalformedException("invalid control character in URL");
      }
    }
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    if (hash >= 0) {
      unescape(text.substring(hash + 1), false);
    }
    int colon = schemeEnd(rest);
    String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    rest = rest.substring(colon + 1);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    rest = question < 0 ? rest : rest.substring(0, question);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, false, "", "", query);
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        throw new MalformedException("first path segment in URL cannot contain colon");
      }
    }
    String authority = "";
    if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int at = authority.lastIndexOf('@');
    String host = host(authority.substring(at + 1));
    return new GoUrl(scheme, at >= 0, host, unescape(rest, false), query);
  }

  /** The index of the colon after the scheme, or -1 if the text does not start with a scheme. */
  private static int schemeEnd(String text) throws MalformedException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        if (i == 0) {
          throw new MalformedException("missing protocol scheme");
        }
        return i;
      }
      boolean letter = isAsciiAlphanumeric(c) && !isDigit(c);
      boolean later = isDigit(c) || c == '+' || c == '-' || c == '.';
      if (!letter && (!later || i == 0)) {
        return -1;
      }
    }
    return -1;
  }

  private static String host(String text) throws MalformedException {
    int colon = text.lastIndexOf(':');
    if (colon >= 0 && text.indexOf(']', colon) < 0) {
      for (int i = colon + 1; i < text.length(); i++) {
        if (!isDigit(text.charAt(i))) {
          throw new MalformedException("invalid port after host");
        }
      }
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && !isAsciiAlphanumeric(c) && "-_.~!$&'()*+,;=:[]<>\"".indexOf(c) < 0) {
        // A percent sign too: the name of a public host has no escapes.
        throw new MalformedException("invalid character in host name");
      }
    }
    return text;
  }

  static boolean isAsciiAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The query's parameters, in their order. */
  List<Parameter> parameters() throws MalformedException {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.indexOf(';') >= 0) {
        throw new MalformedException("invalid semicolon separator in query");
      }
      String[] parts = pair.split("=", 2);
      if (!pair.isEmpty()) {
        String value = parts.length < 2 ? "" : parts[1];
        parameters.add(new Parameter(unescape(parts[0], true), unescape(value, true)));
      }
    }
    return parameters;
  }

  private static String unescape(String text, boolean plusIsSpace) throws MalformedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? hex(text.charAt(i + 1)) : -1;
        int low = i + 2 < text.length() ? hex(text.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          throw new MalformedException("invalid URL escape");
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
