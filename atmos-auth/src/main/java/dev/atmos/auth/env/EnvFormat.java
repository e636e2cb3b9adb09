package dev.atmos.auth.env;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.command.OutputOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form in which variables are written down. */
public enum EnvFormat {
  /** For {@code eval} in a POSIX shell. */
  BASH,
  /** The same. */
  ZSH,
  /** For {@code source} in fish. */
  FISH,
  /** For {@code Invoke-Expression}. */
  POWERSHELL,
  /** A batch file for {@code call}. */
  CMD,
  /** Names and quoted values, as the many readers of {@code .env} files take them. */
  DOTENV,
  /** Names and values as they are, such as {@code docker run --env-file} takes them. */
  ENV,
  /** A file for {@code $GITHUB_ENV}. */
  GITHUB,
  /** A flat object. */
  JSON;

  /** The option that chooses one of them. */
  public static OutputOption option() {
    return OutputOption.of(
            "bash", "zsh", "fish", "powershell", "cmd", "dotenv", "env", "github", "json")
        .named("-f", "--format")
        .withAliases(Map.of("sh", "bash", "dash", "bash", "ksh", "bash", "pwsh", "powershell"))
        .describedAs(
            "bash (if it is left out), zsh, fish, powershell, cmd, dotenv, env, github or json.");
  }

  /**
   * The format that the option chooses.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the option names another format
   */
  public static EnvFormat of(OutputOption option) {
    return valueOf(option.format().toUpperCase(Locale.ROOT));
  }

  /** Whether a file of this form is added to by other programs as well. */
  boolean isAppended() {
    return this == GITHUB;
  }

  /** Whether programs read it as it is, and take each name once. */
  public boolean isData() {
    return this == DOTENV || this == ENV || this == GITHUB || this == JSON;
  }

  /** Whether a file of this form can hold nothing else. */
  boolean isWhole() {
    return this == JSON;
  }

  /** What makes a line that is for people only. */
  String comment() {
    return this == CMD ? "rem " : "# ";
  }

  /** A line that is for people only. */
  public String remark(String text) {
    return comment() + text + (this == CMD ? "\r\n" : "\n");
  }

  /**
   * Writes variables. A variable without a value is removed. A form that can't remove one leaves it
   * out, or gives it an empty value if {@code empties} says so.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if a value can't be written in this form
   */
  public String write(List<Variable> variables, boolean empties, Services services) {
    if (this == JSON) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      for (Variable variable : variables) {
        Secret value = variable.value();
        if (value != null || empties) {
          tree.put(variable.name(), value == null ? null : value.reveal());
        }
      }
      return services.service(DataFormats.class).json(tree);
    }
    StringBuilder text = new StringBuilder();
    for (Variable variable : variables) {
      Secret value = variable.value();
      text.append(
          value == null
              ? without(variable.name(), empties)
              : with(variable.name(), value.reveal()));
    }
    return text.toString();
  }

  /**
   * The command of GitHub's runner that keeps values out of the job's log, where they are secret.
   *
   * @see <a
   *     href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions#masking-a-value-in-a-log">Masking
   *     a value in a log</a>
   */
  public static String masks(List<Secret> secrets) {
    StringBuilder text = new StringBuilder();
    for (Secret secret : secrets) {
      String value = secret.reveal().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
      text.append("::add-mask::").append(value).append('\n');
    }
    return text.toString();
  }

  private String without(String name, boolean empties) {
    return switch (this) {
      case BASH, ZSH -> "unset " + name + "\n";
      // For a variable that isn't set, its status would be that of the whole.
      case FISH -> "set -e " + name + "; or true\n";
      case POWERSHELL -> "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue\n";
      case CMD -> "set \"" + name + "=\"\r\n";
      case DOTENV, ENV, GITHUB, JSON -> empties ? name + "=\n" : "";
    };
  }

  /**
   * A text as one word of a shell.
   *
   * @throws IllegalArgumentException if this isn't the form of one, or of cmd
   */
  public String word(String text) {
    return switch (this) {
      case BASH, ZSH -> posix(text);
      case FISH -> fish(text);
      case POWERSHELL -> powershell(text);
      default -> throw new IllegalArgumentException("not a shell");
    };
  }

  private String with(String name, String value) {
    return switch (this) {
      case BASH, ZSH -> "export " + name + "=" + word(value) + "\n";
      case FISH -> "set -gx " + name + " " + word(value) + "\n";
      case POWERSHELL -> "$env:" + name + " = " + word(value) + "\n";
      case CMD -> cmd(name, value);
      case DOTENV -> name + "=" + dotenv(value) + "\n";
      case ENV -> name + "=" + oneLine(name, value) + "\n";
      case GITHUB -> github(name, value);
      case JSON -> throw new IllegalStateException("JSON is written as a whole");
    };
  }

  /** Whether every reader takes each of the characters for itself. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!(c >= 'a' && c <= 'z')
          && !(c >= 'A' && c <= 'Z')
          && !(c >= '0' && c <= '9')
          && "@%+:,./_-".indexOf(c) < 0) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  /** As one word of a POSIX shell. */
  static String posix(String value) {
    return isPlain(value) ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static String fish(String value) {
    return isPlain(value) ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** PowerShell takes four more characters for a single quote. */
  private static String powershell(String value) {
    return "'" + value.replaceAll("['\u2018-\u201B]", "$0$0") + "'";
  }

  /** Quotes protect all but percent signs and quotes; a value with quotes needs carets. */
  private static String cmd(String name, String value) {
    String text = oneLine(name, value).replace("%", "%%");
    return text.indexOf('"') < 0
        ? "set \"" + name + "=" + text + "\"\r\n"
        : "set " + name + "=" + text.replaceAll("[\\^&|<>()\"!]", "^$0") + "\r\n";
  }

  /** Single quotes are literal everywhere; what can't stand in them is escaped in double ones. */
  private static String dotenv(String value) {
    if (isPlain(value)) {
      return value;
    }
    if (value.indexOf('\'') < 0 && !hasLineBreak(value)) {
      return "'" + value + "'";
    }
    String escaped = value.replaceAll("[\"\\\\$`]", "\\\\$0");
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"';
  }

  private static boolean hasLineBreak(String value) {
    return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
  }

  private static String oneLine(String name, String value) {
    if (hasLineBreak(value)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the value of " + name + " has a line break, which this format can't write",
          "use another format, such as bash or json");
    }
    return value;
  }

  /**
   * Values of several lines stand between two lines that are in none of them.
   *
   * @see <a
   *     href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings">Multiline
   *     strings</a>
   */
  private static String github(String name, String value) {
    if (!hasLineBreak(value)) {
      return name + "=" + value + "\n";
    }
    String end = "ATMOS_EOF_" + name;
    List<String> lines = value.lines().toList();
    while (lines.contains(end)) {
      end = end + "_";
    }
    return name + "<<" + end + "\n" + value + "\n" + end + "\n";
  }
}
