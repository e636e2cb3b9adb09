package dev.atmos.cli.config.yaml;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of one file by their tags. {@code !env} is read at once, and YAML's own tags
 * change nothing, except that a value with {@code !!str} is never null. Any other tag is evaluated
 * when its value is used, and fails only then: files have parts that only other commands read.
 */
public final class Tags {
  public static final String UNSET = ConfigMerge.UNSET;
  public static final String APPEND = ConfigMerge.APPEND;
  public static final String INCLUDE = "!include";
  public static final String INCLUDE_RAW = "!include.raw";
  public static final String EXEC = "!exec";
  static final String ENV = "!env";

  static final int MOST_INCLUDERS = 10;

  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final String NON_SPECIFIC = "!";

  /** Tags of a text that is made when it is used. */
  private static final String[] MADE = {
    EXEC, INCLUDE, INCLUDE_RAW, "!cwd", "!random", "!repo-root"
  };

  /** Tags that a message may show. Any other may be a secret that begins with '!'. */
  private static final String[] UNSUPPORTED = {
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
    "!terraform.state"
  };

  private final TagContext context;
  private final ConfigFile file;
  private final @Nullable Tags includer;

  /** The tags of a file. */
  public Tags(TagContext context, ConfigFile file) {
    this(context, file, null);
  }

  /** The tags of a file that another one includes. */
  Tags(TagContext context, ConfigFile file, @Nullable Tags includer) {
    this.context = context;
    this.file = file;
    this.includer = includer;
  }

  TagContext context() {
    return context;
  }

  ConfigFile file() {
    return file;
  }

  @Nullable Tags includer() {
    return includer;
  }

  ConfigValue scalar(@Nullable String tag, String text, boolean plain, Position position) {
    if (tag == null) {
      return new ConfigText(text, plain, position);
    }
    if (tag.equals(ENV)) {
      return variable(text, position);
    }
    if (tag.equals(NON_SPECIFIC) || tag.equals(STANDARD + "str")) {
      return new ConfigText(text, false, position);
    }
    if (isStandard(tag, "null", "bool", "int", "float", "timestamp")) {
      return new ConfigText(text, plain, position);
    }
    for (String made : MADE) {
      if (tag.equals(made)) {
        String argument = text.strip();
        return new DeferredValue(
            made, argument, position, new TagValue(this, made, argument, position));
      }
    }
    if (tag.equals(UNSET)) {
      file.setMarked();
      return new DeferredValue(
          UNSET, "", position, () -> new ConfigText("", /* plain= */ true, position));
    }
    return unreadable(tag, position);
  }

  ConfigValue list(@Nullable String tag, ConfigList list) {
    if (tag == null || tag.equals(NON_SPECIFIC) || isStandard(tag, "seq")) {
      return list;
    }
    if (tag.equals(APPEND)) {
      file.setMarked();
      return new DeferredValue(APPEND, "", list.position(), () -> list);
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
      if (tag.length() == STANDARD.length() + name.length()
          && tag.startsWith(STANDARD)
          && tag.endsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private static DeferredValue unreadable(String tag, Position position) {
    if (tag.equals(ENV)) {
      return DeferredValue.unreadable("!env needs the name of a variable", position);
    }
    if (tag.equals(APPEND)) {
      return DeferredValue.unreadable("!append needs a list", position);
    }
    if (tag.equals(UNSET)) {
      return DeferredValue.unreadable("!unset takes no value", position);
    }
    for (String made : MADE) {
      if (tag.equals(made)) {
        return DeferredValue.unreadable(made + " needs a text behind it", position);
      }
    }
    for (String known : UNSUPPORTED) {
      if (tag.equals(known)) {
        return DeferredValue.unreadable(
            "'" + known + "' is not supported by this version of atmos", position);
      }
    }
    return DeferredValue.unreadable(
        "an unknown tag, or one that doesn't fit its value; a text that begins with '!' needs"
            + " quotes around it",
        position);
  }

  /** {@code NAME}, or {@code NAME default}; the default may stand in quotes. */
  private ConfigValue variable(String argument, Position position) {
    String text = argument.strip();
    int end = 0;
    while (end < text.length() && isNameCharacter(text.charAt(end), end)) {
      end++;
    }
    if (end == 0 || (end < text.length() && !Character.isWhitespace(text.charAt(end)))) {
      return DeferredValue.unreadable(
          "!env needs the name of a variable, made of letters, digits and '_'", position);
    }
    String name = text.substring(0, end);
    String otherwise = unquoted(text.substring(end).strip());
    return context.reviewing()
        ? new DeferredValue(ENV, text, position, () -> variable(name, otherwise, position))
        : variable(name, otherwise, position);
  }

  private ConfigText variable(String name, String otherwise, Position position) {
    String value = context.environment().get(name).orElse(otherwise);
    return new ConfigText(value.strip(), false, position);
  }

  private static boolean isNameCharacter(char c, int index) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || (c >= '0' && c <= '9' && index > 0);
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
