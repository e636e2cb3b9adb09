package dev.atmos.auth.terminal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A session of a browser that shares no cookie with others: a directory of its own for Chromium and
 * its relatives, and a container for Firefox.
 *
 * @param name what the container is called
 * @param directory where Chromium keeps it; an absolute path
 * @param addOn the scheme of the add-on that opens containers: {@code ext+container} or {@code
 *     ext+granted-containers}
 */
public record BrowserSession(String name, String directory, String addOn) {
  private static final List<String> CHROMIUM =
      List.of("chrom", "edge", "brave", "vivaldi", "opera");
  private static final List<String> FIREFOX = List.of("firefox", "librewolf", "waterfox");

  private static final List<String> COLOURS =
      List.of("blue", "turquoise", "green", "yellow", "orange", "red", "pink", "purple");
  private static final List<String> ICONS =
      List.of("fingerprint", "briefcase", "dollar", "cart", "gift", "vacation", "food", "fruit");

  private static boolean isOf(List<String> family, String program) {
    String file =
        program.substring(1 + Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')));
    return family.stream().anyMatch(file.toLowerCase(Locale.ROOT)::contains);
  }

  /** Whether a program can open it. */
  boolean takes(String program) {
    return isOf(CHROMIUM, program) || isOf(FIREFOX, program);
  }

  /** What a program is given before its other arguments. */
  List<String> options(String program) {
    return isOf(CHROMIUM, program)
        ? List.of("--user-data-dir=" + directory, "--no-first-run", "--no-default-browser-check")
        : List.of();
  }

  /** The address that leads to another one inside of it. */
  String address(String program, String inside) {
    if (!isOf(FIREFOX, program)) {
      return inside;
    }
    // The same look for a name, always.
    int look = Math.floorMod(name.hashCode(), COLOURS.size() * ICONS.size());
    return addOn
        + ":name="
        + encoded(name)
        + "&url="
        + encoded(inside)
        + "&color="
        + COLOURS.get(look % COLOURS.size())
        + "&icon="
        + ICONS.get(look / COLOURS.size());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
