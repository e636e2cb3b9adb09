package dev.atmos.auth.terminal;

import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import dev.atmos.services.cli.TerminalMode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens a page in the user's browser: that of {@code BROWSER}, else the system's. No shell runs it,
 * so that nothing in an address can be taken for a command.
 */
final class Browser {
  private final Services services;

  Browser(Services services) {
    this.services = services;
  }

  /** Whether an address can be opened in a browser without harm: https, or on this machine. */
  static boolean isSafe(String address) {
    // The characters of a URL (RFC 3986), none of which has a meaning in a command line.
    if (!address.matches("[!-~&&[^\"'\\\\^`{|}<>]]*")) {
      return false;
    }
    try {
      URI uri = new URI(address);
      String host = uri.getHost();
      return host != null
          && uri.getRawUserInfo() == null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && List.of("127.0.0.1", "localhost", "[::1]").contains(host)));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a browser was started; false if none was found. */
  boolean open(String address) {
    Environment environment = services.environment();
    if (!isSafe(address) || TerminalMode.isRobot(environment)) {
      return false;
    }
    for (List<String> command : commands(environment)) {
      List<String> words = new ArrayList<>(command);
      words.subList(1, words.size()).replaceAll(word -> word.replace("%s", address));
      if (words.equals(command)) {
        words.add(address);
      }
      try {
        services.processes().launch(words);
        return true;
      } catch (IOException e) {
        services.console().debug("the browser " + words.getFirst() + " " + e.getMessage());
      }
    }
    return false;
  }

  /** The commands that could start a browser, in the order in which they are tried. */
  private List<List<String>> commands(Environment environment) {
    Optional<String> chosen = environment.nonEmpty("BROWSER");
    if (chosen.isPresent()) {
      return chosen(chosen.get());
    }
    if (HostSystem.isWindows(services)) {
      return found("rundll32", "url.dll,FileProtocolHandler");
    }
    if (environment.nonEmpty("WSL_DISTRO_NAME").isPresent()
        || environment.nonEmpty("WSL_INTEROP").isPresent()) {
      return Stream.of(found("wslview"), found("rundll32.exe", "url.dll,FileProtocolHandler"))
          .flatMap(List::stream)
          .toList();
    }
    if (HostSystem.isMac(services)) {
      // Over SSH it would open at the desk.
      return environment.nonEmpty("SSH_CONNECTION").isPresent() ? List.of() : found("open");
    }
    boolean display =
        environment.nonEmpty("DISPLAY").isPresent()
            || environment.nonEmpty("WAYLAND_DISPLAY").isPresent();
    return display ? found("xdg-open") : List.of();
  }

  /** The command of a program; empty if the program isn't found. */
  private List<List<String>> found(String program, String... arguments) {
    Optional<Path> path = services.processes().find(program);
    if (path.isEmpty()) {
      return List.of();
    }
    List<String> command = new ArrayList<>(List.of(path.get().toString()));
    command.addAll(List.of(arguments));
    return List.of(command);
  }

  /** Command lines, with colons between them, or the path of a program. */
  private List<List<String>> chosen(String variable) {
    if (variable.indexOf('/') >= 0
        && services.files().exists(HostSystem.fileSystem(services).getPath(variable))) {
      return List.of(List.of(variable));
    }
    List<List<String>> commands = new ArrayList<>();
    for (String line : variable.split(HostSystem.isWindows(services) ? ";" : ":", -1)) {
      List<String> words = words(line);
      if (!words.isEmpty()) {
        String program = words.getFirst();
        if (program.indexOf('/') < 0) {
          services.processes().find(program).ifPresent(path -> words.set(0, path.toString()));
        }
        commands.add(words);
      }
    }
    return commands;
  }

  /** The words of a command line, at blanks that stand in no quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("(?:[^ \\t\"']|\"[^\"]*\"?|'[^']*'?)+").matcher(line);
    while (word.find()) {
      words.add(word.group().replaceAll("\"([^\"]*)\"?|'([^']*)'?", "$1$2"));
    }
    return words;
  }
}
