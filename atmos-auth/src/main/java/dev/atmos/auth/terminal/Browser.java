package dev.atmos.auth.terminal;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.ProcessControl.LaunchedProgram;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens a page in the user's browser: that of {@code ATMOS_BROWSER}, of the configuration, of
 * {@code BROWSER}, or the system's. No shell runs it, so that nothing in an address can be taken
 * for a command.
 */
public final class Browser {
  private static final String NONE = "none";

  /** Programs that {@link BrowserSession} can give a session of its own. */
  private static final String[] PROGRAMS = {
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "brave-browser",
    "vivaldi",
    "firefox"
  };

  private static final String[] MAC_PROGRAMS = {
    "Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser", "firefox"
  };

  /** Below each of the directories that these variables name. */
  private static final List<String> WINDOWS_PLACES =
      List.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA");

  private static final List<String> WINDOWS_PROGRAMS =
      List.of(
          "Google\\Chrome\\Application\\chrome.exe",
          "Microsoft\\Edge\\Application\\msedge.exe",
          "Mozilla Firefox\\firefox.exe");

  /** Each of them is set in a session on another machine, or in a container. */
  private static final List<String> ELSEWHERE =
      List.of(
          "SSH_CONNECTION",
          "SSH_CLIENT",
          "SSH_TTY",
          "KUBERNETES_SERVICE_HOST",
          "REMOTE_CONTAINERS",
          "CODESPACES",
          "GITPOD_WORKSPACE_ID",
          "CLOUD_SHELL",
          "container");

  /** Docker and Podman make them. */
  private static final List<String> CONTAINERS = List.of("/.dockerenv", "/run/.containerenv");

  private final Services services;
  private final @Nullable String chosen;
  private final Supplier<Optional<String>> configured;
  private final @Nullable BrowserSession session;
  private @Nullable LaunchedProgram launched;
  private String program = "";

  /**
   * @param configured what the configuration says; asked for only if that decides
   */
  Browser(Services services, Supplier<Optional<String>> configured) {
    this(services, null, configured, null);
  }

  /**
   * The browser of a command.
   *
   * @param chosen what an option says, before all else; null if it isn't given
   * @param configured what the configuration says; asked for only if that decides
   * @param session opens pages apart from all others; null for a tab like any other
   */
  public Browser(
      Services services,
      @Nullable String chosen,
      Supplier<Optional<String>> configured,
      @Nullable BrowserSession session) {
    this.services = services;
    this.chosen = chosen;
    this.configured = configured;
    this.session = session;
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

  /** Whether there is a browser that reaches what listens on 127.0.0.1. */
  public boolean isLocal() {
    Environment environment = services.environment();
    List<List<String>> commands = commands(environment);
    return !commands.isEmpty()
        && (chosen != null || !isElsewhere(environment))
        && !(isWsl(environment) && isOfWindows(commands.getFirst().getFirst()));
  }

  /** Whether the user's screen is most likely that of another machine, or out of reach. */
  private boolean isElsewhere(Environment environment) {
    return ELSEWHERE.stream().anyMatch(name -> environment.nonEmpty(name).isPresent())
        || (!HostSystem.isWindows(services) && CONTAINERS.stream().anyMatch(this::exists));
  }

  private boolean exists(String file) {
    return services.files().exists(HostSystem.fileSystem(services).getPath(file));
  }

  private static boolean isWsl(Environment environment) {
    return environment.nonEmpty("WSL_DISTRO_NAME").isPresent()
        || environment.nonEmpty("WSL_INTEROP").isPresent();
  }

  /** Windows has a 127.0.0.1 of its own. */
  private static boolean isOfWindows(String program) {
    return program.endsWith("wslview") || program.endsWith(".exe");
  }

  /**
   * Whether a browser was started; false if none was found.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if others may change the directory of a
   *     session of its own
   */
  public boolean open(String address) {
    if (!isSafe(address)) {
      return false;
    }
    for (List<String> command : commands(services.environment())) {
      List<String> words = words(command, address);
      try {
        launched = services.processes().launch(words);
        program = words.getFirst();
        return true;
      } catch (IOException e) {
        services.console().debug("the browser " + words.getFirst() + " " + e.getMessage());
      }
    }
    return false;
  }

  /** How the command that was started last has ended, such as {@code xdg-open has ended ...}. */
  Optional<String> ended() {
    String name =
        program.substring(1 + Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')));
    return Optional.ofNullable(launched)
        .flatMap(LaunchedProgram::exitCode)
        .map(code -> TerminalText.line(name) + " has ended with exit code " + code);
  }

  private List<String> words(List<String> command, String address) {
    List<String> words = new ArrayList<>(command);
    String opened = session == null ? address : session.address(command.getFirst(), address);
    words.subList(1, words.size()).replaceAll(word -> word.replace("%s", opened));
    if (words.equals(command)) {
      words.add(opened);
    }
    if (session != null) {
      List<String> options = session.options(command.getFirst());
      if (!options.isEmpty()) {
        makeDirectory(session);
      }
      words.addAll(1, options);
    }
    return words;
  }

  /** Makes it for the user alone: who can change it can read the sign-ins of the session. */
  private void makeDirectory(BrowserSession of) {
    Path mark = HostSystem.fileSystem(services).getPath(of.directory(), "atmos-identity");
    try {
      services.privateFiles().write(mark, (of.name() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't keep a browser session in " + of.directory() + ": " + FileReason.of(e),
          "for a tab like any other: --isolated=false",
          e);
    }
  }

  /** The commands that could start a browser, in the order in which they are tried. */
  private List<List<String>> commands(Environment environment) {
    List<List<String>> commands = all(environment);
    return session == null
        ? commands
        : commands.stream().filter(each -> session.takes(each.getFirst())).toList();
  }

  private List<List<String>> all(Environment environment) {
    if (chosen == null && TerminalMode.isRobot(environment)) {
      return List.of();
    }
    Optional<String> wanted =
        Optional.ofNullable(chosen)
            .or(() -> environment.nonEmpty("ATMOS_BROWSER"))
            .or(configured)
            .or(() -> environment.nonEmpty("BROWSER"));
    if (wanted.isPresent()) {
      return wanted.get().equals(NONE) ? List.of() : chosen(wanted.get());
    }
    return session == null ? standard(environment) : known(environment);
  }

  private List<List<String>> standard(Environment environment) {
    if (HostSystem.isWindows(services)) {
      return found("rundll32", "url.dll,FileProtocolHandler");
    }
    if (isWsl(environment)) {
      return Stream.of(found("wslview"), found("rundll32.exe", "url.dll,FileProtocolHandler"))
          .flatMap(List::stream)
          .toList();
    }
    if (HostSystem.isMac(services)) {
      // Over SSH it would open at the desk.
      return environment.nonEmpty("SSH_CONNECTION").isPresent() ? List.of() : found("open");
    }
    return hasDisplay(environment) ? found("xdg-open") : List.of();
  }

  private static boolean hasDisplay(Environment environment) {
    return environment.nonEmpty("DISPLAY").isPresent()
        || environment.nonEmpty("WAYLAND_DISPLAY").isPresent();
  }

  /** Where the system's own opener would hide which browser it is. */
  private List<List<String>> known(Environment environment) {
    if (HostSystem.isWindows(services)) {
      return installed(
          WINDOWS_PLACES.stream()
              .flatMap(place -> environment.nonEmpty(place).stream())
              .flatMap(place -> WINDOWS_PROGRAMS.stream().map(each -> place + "\\" + each)));
    }
    if (HostSystem.isMac(services)) {
      return installed(
          Stream.of(MAC_PROGRAMS)
              .map(each -> "/Applications/" + each + ".app/Contents/MacOS/" + each));
    }
    return hasDisplay(environment)
        ? Stream.of(PROGRAMS).map(this::found).flatMap(List::stream).toList()
        : List.of();
  }

  private List<List<String>> installed(Stream<String> programs) {
    return programs.filter(this::exists).map(List::of).toList();
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
    if (variable.indexOf('/') >= 0 && exists(variable)) {
      return List.of(List.of(variable));
    }
    List<List<String>> commands = new ArrayList<>();
    for (String line : pieces(variable, HostSystem.isWindows(services) ? ";" : ":")) {
      List<String> words = pieces(line, " \\t");
      words.replaceAll(word -> word.replaceAll("\"([^\"]*)\"?|'([^']*)'?", "$1$2"));
      if (!words.isEmpty()) {
        String program = words.getFirst();
        boolean isPath = program.indexOf('/') >= 0 || program.indexOf('\\') >= 0;
        Optional<String> file =
            isPath ? Optional.of(program) : services.processes().find(program).map(Path::toString);
        if (file.isEmpty()) {
          services.console().debug("the browser " + program + " isn't found");
        } else {
          words.set(0, file.get());
          commands.add(words);
        }
      }
    }
    return commands;
  }

  /** The pieces of a text between characters that stand in no quotes. */
  private static List<String> pieces(String text, String separators) {
    List<String> pieces = new ArrayList<>();
    Matcher piece =
        Pattern.compile("(?:[^" + separators + "\"']|\"[^\"]*\"?|'[^']*'?)+").matcher(text);
    while (piece.find()) {
      pieces.add(piece.group());
    }
    return pieces;
  }
}
