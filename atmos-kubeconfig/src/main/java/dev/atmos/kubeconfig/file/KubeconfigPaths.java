package dev.atmos.kubeconfig.file;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.kube.KubeconfigTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the paths of the files that a target stands for. */
public final class KubeconfigPaths {
  private static final String VARIABLE = "KUBECONFIG";

  /** A dollar sign, and the name that follows it if one does. */
  private static final String REFERENCE =
      "\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})?";

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
    Set<Path> listed = new LinkedHashSet<>();
    for (String text : environment.get(VARIABLE).orElse("").split(isWindows() ? ";" : ":", -1)) {
      if (!text.isEmpty()) {
        listed.add(resolved(text, VARIABLE));
      }
    }
    return listed.isEmpty()
        ? List.of(home().resolve(".kube").resolve("config"))
        : List.copyOf(listed);
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
                "can't find the kubeconfig: the user has no home directory",
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
    return Pattern.compile(REFERENCE)
        .matcher(text)
        .replaceAll(reference -> {
          String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
          if (name == null) {
            throw new AtmosException(
                ExitCode.USAGE,
                "the path " + text + " has a '$' in it that isn't followed by a variable's name");
          }
          return Matcher.quoteReplacement(value(name, text));
        });
  }

  private String value(String name, String path) {
    return environment
        .nonEmpty(name)
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                "the path " + path + " needs the variable " + name + ", which isn't set"));
  }
}
