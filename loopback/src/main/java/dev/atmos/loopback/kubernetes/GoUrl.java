package dev.atmos.loopback.kubernetes;

import dev.atmos.loopback.http.ServerRequest.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;

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
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):");
  private static final Pattern INVALID_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  // Without the percent sign: the name of a public host has no escapes.
  private static final Pattern HOST =
      Pattern.compile("[a-zA-Z0-9\\x80-\\xff_.~!$&'()*+,;=:\\[\\]<>\"-]*");

  /** For what Go's {@code url.Parse} or {@code url.ParseQuery} returns an error. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  static GoUrl parse(String text) throws MalformedException {
    refuseIf(CONTROL.matcher(text).find(), "invalid control character in URL");
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    unescape(hash < 0 ? "" : text.substring(hash + 1));
    refuseIf(rest.startsWith(":"), "missing protocol scheme");
    Matcher start = SCHEME.matcher(rest);
    String scheme = start.lookingAt() ? start.group(1).toLowerCase(Locale.ROOT) : "";
    rest = scheme.isEmpty() ? rest : rest.substring(scheme.length() + 1);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    rest = question < 0 ? rest : rest.substring(0, question);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, false, "", "", query);
      }
      refuseIf(
          rest.split("/", 2)[0].indexOf(':') >= 0,
          "first path segment in URL cannot contain colon");
    }
    String authority = "";
    if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int at = authority.lastIndexOf('@');
    String host = host(authority.substring(at + 1));
    return new GoUrl(scheme, at >= 0, host, unescape(rest), query);
  }

  private static String host(String text) throws MalformedException {
    int colon = text.lastIndexOf(':');
    String port = colon < 0 ? "" : text.substring(colon + 1);
    refuseIf(port.indexOf(']') < 0 && !port.matches("[0-9]*"), "invalid port after host");
    refuseIf(!HOST.matcher(text).matches(), "invalid character in host name");
    return text;
  }

  /** The query's parameters, in their order. */
  List<Parameter> parameters() throws MalformedException {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : rawQuery.split("&", -1)) {
      refuseIf(pair.indexOf(';') >= 0, "invalid semicolon separator in query");
      String[] parts = pair.replace('+', ' ').split("=", 2);
      if (!pair.isEmpty()) {
        String value = parts.length < 2 ? "" : parts[1];
        parameters.add(new Parameter(unescape(parts[0]), unescape(value)));
      }
    }
    return parameters;
  }

  private static String unescape(String text) throws MalformedException {
    refuseIf(INVALID_ESCAPE.matcher(text).find(), "invalid URL escape");
    return PercentCodec.decode(text, StandardCharsets.UTF_8);
  }

  private static void refuseIf(boolean condition, String message) throws MalformedException {
    if (condition) {
      throw new MalformedException(message);
    }
  }
}
