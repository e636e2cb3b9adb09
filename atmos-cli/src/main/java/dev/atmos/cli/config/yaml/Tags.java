package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of one file by their tags. {@code !env} is read at once, and YAML's own tags
 * change nothing, except that a value with {@code !!str} is never null. Any other tag is evaluated
 * when its value is used, and fails only then: files have parts that only other commands read.
 *
 * @param explained whether the values are read to be shown and not to be used; then even {@code
 *     !env} isn't read before it is used
 * @param includer the tags of the file that includes it; null if none does
 */
public record Tags(ConfigPorts ports, ConfigFile file, boolean explained, @Nullable Tags includer) {
  public static final String INCLUDE_RAW = "!include.raw";
  public static final String EXEC = "!exec";
  public static final String ENV = "!env";

  static final int MOST_INCLUDERS = 10;

  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final String NON_SPECIFIC = "!";

  /** Tags of a text that is made when it is used. */
  private static final List<String> MADE =
      List.of(EXEC, ConfigMerge.INCLUDE, INCLUDE_RAW, "!cwd", "!random", "!repo-root");

  /** Tags that a message may show. Any other may be a secret that begins with '!'. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "!aws.account_id",
          "!aws.caller_identity_arn",
          "!aws.caller_identity_user_id",
          "!aws.region",
          "!git.branch",
          "!git.host",
          "!git.name",
          "!git.owner",
          "!git.ref",
          "!git.repository",
          "!git.root",
          "!git.sha",
          "!git.url",
          "!store",
          "!store.get",
          "!template",
          "!terraform.output",
          "!terraform.state");

  ConfigValue scalar(@Nullable String tag, String text, boolean plain, Position position) {
    if (tag == null) {
      return written(text, plain, position);
    }
    if (tag.equals(ENV)) {
      return variable(text, position);
    }
    if (tag.equals(NON_SPECIFIC) || tag.equals(STANDARD + "str")) {
      return written(text, false, position);
    }
    if (isStandard(tag, "null", "bool", "int", "float", "timestamp")) {
      return written(text, plain, position);
    }
    if (MADE.contains(tag)) {
      String argument = text.strip();
      return new DeferredValue(
          tag, argument, position, new TagValue(this, tag, argument, position));
    }
    if (tag.equals(ConfigMerge.UNSET)) {
      file.setMarked();
      return new DeferredValue(
          ConfigMerge.UNSET, "", position, () -> new ConfigText("", /* plain= */ true, position));
    }
    return unreadable(tag, position);
  }

  private ConfigText written(String text, boolean plain, Position position) {
    String brought = includer == null ? null : ConfigMerge.INCLUDE;
    return new ConfigText(text, plain, position, null, null, brought);
  }

  ConfigValue list(@Nullable String tag, ConfigList list) {
    if (tag == null || tag.equals(NON_SPECIFIC) || isStandard(tag, "seq")) {
      return list;
    }
    if (tag.equals(ConfigMerge.APPEND)) {
      file.setMarked();
      return new DeferredValue(ConfigMerge.APPEND, "", list.position(), () -> list);
    }
    return unreadable(tag, list.position());
  }

  ConfigValue map(@Nullable String tag, ConfigMap map) {
    return tag == null || tag.equals(NON_SPECIFIC) || isStandard(tag, "map", "set")
        ? map
        : unreadable(tag, map.position());
  }

  private static boolean isStandard(String tag, String... names) {
    for (String name : names) {
      if (tag.equals(STANDARD + name)) {
        return true;
      }
    }
    return false;
  }

  private static DeferredValue unreadable(String tag, Position position) {
    String problem =
        switch (tag) {
          case ENV -> "!env needs the name of a variable";
          case ConfigMerge.APPEND -> "!append needs a list";
          case ConfigMerge.UNSET -> "!unset takes no value";
          default -> {
            if (MADE.contains(tag)) {
              yield tag + " needs a text behind it";
            }
            yield UNSUPPORTED.contains(tag)
                ? "'" + tag + "' is not supported by this version of atmos"
                : "an unknown tag, or one that doesn't fit its value; a text that begins with '!'"
                    + " needs quotes around it";
          }
        };
    return DeferredValue.unreadable(problem, position);
  }

  /** {@code NAME}, or {@code NAME default}; the default may stand in quotes. */
  private ConfigValue variable(String argument, Position position) {
    String text = argument.strip();
    String name = firstWord(text);
    if (!isName(name)) {
      return DeferredValue.unreadable(
          "!env needs the name of a variable, made of letters, digits and '_'", position);
    }
    String otherwise = unquoted(text.substring(name.length()).strip());
    return explained
        ? new DeferredValue(ENV, text, position, () -> variable(name, otherwise, position, text))
        : variable(name, otherwise, position, text);
  }

  private ConfigText variable(String name, String otherwise, Position position, String argument) {
    String value = ports.environment().get(name).orElse(null);
    return value == null
        ? new ConfigText(otherwise.strip(), false, position, null, argument, ENV)
        : new ConfigText(value.strip(), false, position, name, argument, ENV);
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || c == '_'
          || (c >= '0' && c <= '9' && i > 0))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** What stands before the first blank of an argument. */
  public static String firstWord(String argument) {
    int end = 0;
    while (end < argument.length() && !Character.isWhitespace(argument.charAt(end))) {
      end++;
    }
    return argument.substring(0, end);
  }

  /** The argument of a tag, which may be in quotes of its own. */
  static String unquoted(String text) {
    int last = text.length() - 1;
    return last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(last) == text.charAt(0)
        ? text.substring(1, last)
        : text;
  }
}
