package dev.atmos.cli.config;

import dev.atmos.plugin.config.ConfigList;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigTagged;
import dev.atmos.plugin.config.ConfigText;
import dev.atmos.plugin.config.ConfigValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.Environment;
import org.jspecify.annotations.Nullable;

/**
 * What tags make of a value. {@code !env} is read, and YAML's own tags change nothing but that
 * {@code !!str} is a text where it would be null. Every other tag makes a value that is an error
 * once it is used: files hold such values in parts that other commands read.
 */
final class Tags {
  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final String NON_SPECIFIC = "!";
  private static final String ENV = "!env";
  private static final String EXEC = "!exec";

  /** Tags that a message may show. Of any other, nobody knows that it isn't a secret. */
  private static final String[] KNOWN = {
    "!append",
    "!aws.account_id",
    "!aws.caller_identity_arn",
    "!aws.caller_identity_user_id",
    "!aws.region",
    "!cwd",
    "!git.branch",
    "!git.host",
    "!git.name",
    "!git.owner",
    "!git.ref",
    "!git.repository",
    "!git.sha",
    "!git.url",
    "!include",
    "!include.raw",
    "!random",
    "!repo-root",
    "!store",
    "!store.get",
    "!template",
    "!terraform.output",
    "!terraform.state",
    "!unset"
  };

  private final ConfigFile file;
  private final Environment environment;

  /**
   * The tags of one file.
   *
   * @param file the file
   * @param reads reads the files that this one includes
   */
  Tags(ConfigFile file, ConfigReads reads, Environment environment) {
    this.file = file;
    this.environment = environment;
  }

  ConfigValue scalar(@Nullable String tag, String text, boolean plain, Position position) {
    if (tag == null) {
      return new ConfigText(text, plain, position);
    }
    if (tag.equals(ENV)) {
      return variable(text, position);
    }
    if (tag.equals(ConfigMerge.UNSET)) {
      file.setMarked();
      return new ConfigTagged(
          tag, "", position, () -> new ConfigText("", /* plain= */ true, position));
    }
    if (tag.equals(NON_SPECIFIC) || tag.equals(STANDARD + "str")) {
      return new ConfigText(text, false, position);
    }
    return isStandard(tag, "null", "bool", "int", "float", "timestamp")
        ? new ConfigText(text, plain, position)
        : unread(tag, position);
  }

  ConfigValue list(@Nullable String tag, ConfigList list) {
    if (tag != null && tag.equals(ConfigMerge.APPEND)) {
      file.setMarked();
      return new ConfigTagged(tag, "", list.position(), () -> list);
    }
    return tag == null || tag.equals(NON_SPECIFIC) || isStandard(tag, "seq")
        ? list
        : unread(tag, list.position());
  }

  ConfigValue map(@Nullable String tag, ConfigMap map) {
    return tag == null || tag.equals(NON_SPECIFIC) || isStandard(tag, "map", "set")
        ? map
        : unread(tag, map.position());
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

  private static ConfigTagged unread(String tag, Position position) {
    if (tag.equals(EXEC)) {
      return ConfigTagged.unreadable("commands (!exec) are not run by this version", position);
    }
    if (tag.equals(ENV)) {
      return ConfigTagged.unreadable("!env needs the name of a variable", position);
    }
    if (tag.equals(ConfigMerge.APPEND)) {
      return ConfigTagged.unreadable("!append is for lists only", position);
    }
    if (tag.equals(ConfigMerge.UNSET)) {
      return ConfigTagged.unreadable("!unset takes no value", position);
    }
    for (String known : KNOWN) {
      if (tag.equals(known)) {
        return ConfigTagged.unreadable(
            "the tag " + known + " is not supported by this version", position);
      }
    }
    return ConfigTagged.unreadable(
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
      return ConfigTagged.unreadable(
          "!env needs the name of a variable, made of letters, digits and '_'", position);
    }
    String value = environment.get(text.substring(0, end)).orElse(null);
    if (value == null) {
      value = unquoted(text.substring(end).strip());
    }
    return new ConfigText(value.strip(), false, position);
  }

  private static boolean isNameCharacter(char c, int index) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || (c >= '0' && c <= '9' && index > 0);
  }

  private static String unquoted(String text) {
    int last = text.length() - 1;
    return last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(last) == text.charAt(0)
        ? text.substring(1, last)
        : text;
  }
}
