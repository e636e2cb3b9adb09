package dev.atmos.auth.terminal;

import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.Services;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens a page in the user's browser, where there is one: that of {@code BROWSER}, else the
 * system's. No shell is involved, so that no address can be taken for anything else.
 */
final class Browser {
  private final Services context;

  Browser(Services context) {
    this.context = context;
  }

  /** Whether an address can be opened in a browser without harm: https, or on this very machine. */
  static boolean isSafe(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      // Of a URL's characters (RFC 3986), and none that a command line could be made of.
      if (c <= ' ' || c > '~' || "\"'\\^`{|}<>".indexOf(c) >= 0) {
        return false;
      }
    }
    try {
      URI uri = new URI(address);
      String host = uri.getHost();
      return host != null
          && uri.getRawUserInfo() == null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && (host.equals("127.0.0.1")
                      || host.equals("localhost")
                      || host.equals("[::1]"))));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a browser was started; false where there is none. */
  boolean open(String address) {
    Environment environment = context.environment();
    if (!isSafe(address) || TerminalMode.isRobot(environment)) {
      return false;
    }
    for (List<String> command : commands(environment)) {
      List<String> words = new ArrayList<>(command);
      boolean placed = false;
      for (int i = 1; i < words.size(); i++) {
        placed |= words.get(i).contains("%s");
        words.set(i, words.get(i).replace("%s", address));
      }
      if (!placed) {
        words.add(address);
      }
      try {
        context.processes().launch(words);
        return true;
      } catch (IOException e) {
        context.console().debug("the browser " + words.get(0) + " " + e.getMessage());
      }
    }
    return false;
  }

  /** What could start one; the first that can be started does. */
  private List<List<String>> commands(Environment environment) {
    Optional<String> chosen = environment.nonEmpty("BROWSER");
    if (chosen.isPresent()) {
      return chosen(chosen.get());
    }
    if (HostSystem.isWindows(context)) {
      return found("rundll32", "url.dll,FileProtocolHandler");
    }
    if (environment.nonEmpty("WSL_DISTRO_NAME").isPresent()
        || environment.nonEmpty("WSL_INTEROP").isPresent()) {
      List<List<String>> commands = new ArrayList<>(found("wslview"));
      commands.addAll(found("rundll32.exe", "url.dll,FileProtocolHandler"));
      return commands;
    }
    if (HostSystem.isMac(context)) {
      // Over SSH it would open at the desk.
      return environment.nonEmpty("SSH_CONNECTION").isPresent() ? List.of() : found("open");
    }
    boolean display =
        environment.nonEmpty("DISPLAY").isPresent()
            || environment.nonEmpty("WAYLAND_DISPLAY").isPresent();
    return display ? found("xdg-open") : List.of();
  }

  private List<List<String>> found(String program, String... arguments) {
    Optional<Path> path = context.processes().find(program);
    if (path.isEmpty()) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    command.add(path.get().toString());
    command.addAll(List.of(arguments));
    return List.of(command);
  }

  /** Command lines, with colons between them; one that is the path of a program is just that. */
  private List<List<String>> chosen(String variable) {
    Processes processes = context.processes();
    if (isFile(variable)) {
      return List.of(List.of(variable));
    }
    List<List<String>> commands = new ArrayList<>();
    for (String line : variable.split(HostSystem.isWindows(context) ? ";" : ":", -1)) {
      List<String> words = words(line);
      if (words.isEmpty()) {
        continue;
      }
      Optional<Path> path =
          words.get(0).indexOf('/') >= 0 ? Optional.empty() : processes.find(words.get(0));
      path.ifPresent(found -> words.set(0, found.toString()));
      commands.add(words);
    }
    return commands;
  }

  private boolean isFile(String text) {
    return text.indexOf('/') >= 0
        && context
            .files()
            .exists(context.directories().workingDirectory().getFileSystem().getPath(text));
  }

  /** The words of a command line, at blanks that stand in no quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        open = true;
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
