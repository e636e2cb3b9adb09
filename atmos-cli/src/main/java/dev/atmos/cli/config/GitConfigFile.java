package dev.atmos.cli.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The remotes that a git configuration file names. Files that it includes are left out.
 *
 * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config, syntax</a>
 */
final class GitConfigFile {
  private final String text;
  private final Map<String, String> remotes = new LinkedHashMap<>();
  private int at;

  /** The remote that the lines belong to; empty in any other section. */
  private String remote = "";

  private GitConfigFile(String text) {
    this.text = text;
  }

  /** The first URL of each remote, by the remotes' names. */
  static Map<String, String> remotes(String text) {
    GitConfigFile file = new GitConfigFile(text);
    file.read();
    return file.remotes;
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '[') {
        at++;
        header();
      } else if (isKey(c)) {
        entry();
      } else if (c == '#' || c == ';') {
        skipLine();
      } else {
        at++;
      }
    }
  }

  /** {@code [section]}, {@code [section "name"]} or the old {@code [section.name]}. */
  private void header() {
    int start = at;
    while (at < text.length() && (isKey(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String section = text.substring(start, at).toLowerCase(Locale.ROOT);
    StringBuilder name = new StringBuilder();
    if (section.startsWith("remote.")) {
      name.append(section, "remote.".length(), section.length());
      section = "remote";
    }
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        name.append(text.charAt(at++));
      }
      at++;
    }
    remote = section.equals("remote") ? name.toString() : "";
    while (at < text.length() && text.charAt(at) != ']' && text.charAt(at) != '\n') {
      at++;
    }
    at++;
  }

  private void entry() {
    int start = at;
    while (at < text.length() && isKey(text.charAt(at))) {
      at++;
    }
    String key = text.substring(start, at);
    skipBlanks();
    if (at >= text.length() || text.charAt(at) != '=') {
      skipLine();
      return;
    }
    at++;
    String value = value();
    if (!remote.isEmpty() && key.equalsIgnoreCase("url")) {
      remotes.putIfAbsent(remote, value);
    }
  }

  private String value() {
    skipBlanks();
    StringBuilder value = new StringBuilder();
    int length = 0;
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\n' || (!quoted && (c == '#' || c == ';'))) {
        at--;
        skipLine();
        break;
      }
      if (c == '"') {
        quoted = !quoted;
        continue;
      }
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        if (escaped == '\r' && at < text.length() && text.charAt(at) == '\n') {
          escaped = text.charAt(at++);
        }
        if (escaped == '\n') {
          continue;
        }
        value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
        length = value.length();
        continue;
      }
      value.append(c);
      if (quoted || !(c == ' ' || c == '\t' || c == '\r')) {
        length = value.length();
      }
    }
    return value.substring(0, length);
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private static boolean isKey(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }
}
