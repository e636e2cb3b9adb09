package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.kube.KubeconfigTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the paths of the files that a target stands for. */
public final class KubeconfigPaths {
  private static final String VARIABLE = "KUBECONFIG";

  private final Environment environment;
  private final Directories directories;

  /** Paths by these variables and directories. */
  public KubeconfigPaths(Environment environment, Directories directories) {
    this.environment = environment;
    this.directories = directories;
  }

  /** The files, in the order of precedence; at least one. */
  public List<Path> files(KubeconfigTarget target) {
    if (target.option() != null) {
      return List.of(path(target.option(), "--kubeconfig"));
    }
    if (target.setting() != null) {
      return List.of(path(expanded(target.setting()), "kubeconfig.path"));
    }
    List<Path> listed = new ArrayList<>();
    String variable = environment.get(VARIABLE).orElse("");
    char separator = isWindows() ? ';' : ':';
    int start = 0;
    while (start <= variable.length()) {
      int end = variable.indexOf(separator, start);
      end = end < 0 ? variable.length() : end;
      if (end > start) {
        Path path = resolved(variable.substring(start, end), VARIABLE);
        if (!listed.contains(path)) {
          listed.add(path);
        }
      }
      start = end + 1;
    }
    return listed.isEmpty() ? List.of(home().resolve(".kube").resolve("config")) : listed;
  }

  private boolean isWindows() {
    return directories.workingDirectory().getFileSystem().getSeparator().equals("\\");
  }

  private Path home() {
    return directories
        .home()
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                "there is no home directory for a kubeconfig to be in",
                "name the file with --kubeconfig"));
  }

  private Path path(String text, String source) {
    boolean underHome =
        text.equals("~") || text.startsWith("~/") || (isWindows() && text.startsWith("~\\"));
    if (!underHome) {
      return resolved(text, source);
    }
    Path home = home();
    return text.length() < 3 ? home : resolved(home.resolve(text.substring(2)).toString(), source);
  }

  private Path resolved(String text, String source) {
    try {
      return directories.workingDirectory().resolve(text);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "the value of " + source + " isn't a path", null, e);
    }
  }

  /** The text with its variables, written {@code $NAME} or <code>${NAME}</code>, replaced. */
  private String expanded(String text) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      expanded.append(text, at, dollar);
      boolean braces = text.startsWith("{", dollar + 1);
      int start = dollar + (braces ? 2 : 1);
      int end = start;
      while (end < text.length() && isNamePart(text.charAt(end), end > start)) {
        end++;
      }
      if (end == start || (braces && !text.startsWith("}", end))) {
        throw new AtmosException(
            ExitCode.USAGE,
            "the path " + text + " has a '$' in it that no variable's name follows");
      }
      expanded.append(value(text.substring(start, end), text));
      at = braces ? end + 1 : end;
    }
    return expanded.append(text, at, text.length()).toString();
  }

  private String value(String name, String path) {
    return environment
        .nonEmpty(name)
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                "the path " + path + " needs the variable " + name + ", which isn't set"));
  }

  private static boolean isNamePart(char c, boolean digits) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (digits && c >= '0' && c <= '9');
  }
}
