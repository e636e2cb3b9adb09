package dev.atmos.auth.env;

import dev.atmos.services.Services;
import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of the user's own configuration file that atmos has written for one configuration,
 * between two marks. All else in the file stays as it is.
 *
 * @param id what tells it from the parts of other configurations
 */
record ProfileBlock(String id) {
  private static final int DIGITS = 8;

  /** The one of the configuration in force. */
  static ProfileBlock of(Services services) {
    Map<String, String> selection = new TreeMap<>(services.configSelection().variables());
    byte[] key = selection.toString().getBytes(StandardCharsets.UTF_8);
    return new ProfileBlock(Digests.sha256Hex(key).substring(0, DIGITS));
  }

  private String begin() {
    return "# >>> atmos aws profiles " + id + " >>>";
  }

  private String end() {
    return "# <<< atmos aws profiles " + id + " <<<";
  }

  /** The part of a file between the marks, with them; empty if there is none. */
  String in(String file) {
    int from = lineAt(file, begin(), 0);
    int to = from < 0 ? -1 : lineAt(file, end(), from);
    return to < 0 ? "" : file.substring(from, afterLine(file, to));
  }

  /** A file without it. */
  String without(String file) {
    return with(file, "");
  }

  /**
   * A file with other profiles in the place of what is there, else at its end.
   *
   * @param profiles complete lines; none for no part
   */
  String with(String file, String profiles) {
    String newline = file.contains("\r\n") ? "\r\n" : "\n";
    String block =
        profiles.isEmpty() ? "" : (begin() + "\n" + profiles + end() + "\n").replace("\n", newline);
    String old = in(file);
    if (!old.isEmpty()) {
      int from = lineAt(file, begin(), 0);
      return file.substring(0, from) + block + file.substring(from + old.length());
    }
    boolean open = !block.isEmpty() && !file.isEmpty() && !file.endsWith("\n");
    return file + (open ? newline : "") + block;
  }

  /** Where a line begins that says this; -1 for nowhere. */
  private static int lineAt(String file, String line, int start) {
    for (int at = file.indexOf(line, start); at >= 0; at = file.indexOf(line, at + 1)) {
      int end = at + line.length();
      boolean begins = at == 0 || file.charAt(at - 1) == '\n';
      if (begins && (end == file.length() || "\r\n".indexOf(file.charAt(end)) >= 0)) {
        return at;
      }
    }
    return -1;
  }

  private static int afterLine(String file, int at) {
    int newline = file.indexOf('\n', at);
    return newline < 0 ? file.length() : newline + 1;
  }
}
