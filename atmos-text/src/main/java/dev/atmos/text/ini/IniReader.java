package dev.atmos.text.ini;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a shared configuration or credentials file by the rules of the AWS SDK for Java
 * 2: whatever that accepts is read as it reads it. Accepted beyond that, as the AWS CLI has it: a
 * byte order mark, sections whose properties are all indented, indented comments between them, and
 * nested values that are no properties. On the token path.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">AWS SDKs and
 *     Tools, shared config and credentials files</a>
 */
public final class IniReader {
  private static final String DEFAULT = "default";

  private final String text;
  private final boolean configuration;
  private final Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
  private @Nullable String problem;

  private int line;
  private boolean inIgnoredSection;
  private boolean defaultHadPrefix;
  private @Nullable Map<String, String> profile;

  /** How far the last property was indented; -1 before the first of a section. */
  private int indentation = -1;

  /** The last property; null if there is none, or if its name is not valid. */
  private @Nullable String property;

  private @Nullable StringBuilder value;

  private IniReader(String text, boolean configuration) {
    this.text = text;
    this.configuration = configuration;
  }

  /**
   * Reads a file. Ask for the {@link #problem} before using the profiles.
   *
   * @param configuration whether profiles are called {@code [profile x]}, as in {@code
   *     ~/.aws/config}
   */
  public static IniReader read(String text, boolean configuration) {
    IniReader reader = new IniReader(text, configuration);
    reader.read();
    return reader;
  }

  /**
   * The profiles with their properties, in the order in which they were written. Lines that
   * continue a value follow it, each after a line feed.
   */
  public Map<String, Map<String, String>> profiles() {
    return profiles;
  }

  /** What is wrong with a line, without any of its text; null if the file is well-formed. */
  public @Nullable String problem() {
    return problem;
  }

  /** The line with the {@link #problem}, counted from 1. */
  public int problemLine() {
    return line;
  }

  private void read() {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    int length = text.length();
    while (start < length && problem == null) {
      int end = start;
      while (end < length && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      line++;
      readLine(text.substring(start, end));
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    closeProperty();
  }

  private void readLine(String content) {
    int indent = 0;
    while (indent < content.length() && isBlank(content.charAt(indent))) {
      indent++;
    }
    if (indent == content.length()) {
      return;
    }
    char first = content.charAt(indent);
    boolean comment = first == '#' || first == ';';
    if (indent == 0 && comment) {
      return;
    }
    if (indent == 0 && first == '[') {
      closeProperty();
      readSection(content);
    } else if (inIgnoredSection) {
      return;
    } else if (indentation >= 0 && indent > indentation) {
      readContinuation(content);
    } else if (!comment) {
      closeProperty();
      readProperty(content, indent);
    }
  }

  private void readSection(String content) {
    String header = content.substring(0, firstOf(content, '#', ';', false)).trim();
    if (!header.endsWith("]")) {
      problem = "a section must end with ']'";
      return;
    }
    String name = profileName(header.substring(1, header.length() - 1).trim());
    inIgnoredSection = name == null;
    if (name != null) {
      indentation = -1;
      profile = profiles.get(name);
      if (profile == null) {
        profile = new LinkedHashMap<>();
        profiles.put(name, profile);
      }
    }
  }

  /** The profile that a section is about; null if it is about something else. */
  private @Nullable String profileName(String title) {
    boolean prefix = title.startsWith("profile ") || title.startsWith("profile\t");
    String name = configuration && prefix ? title.substring("profile".length()).trim() : title;
    boolean isDefault = name.equals(DEFAULT);
    if ((configuration && !prefix && !isDefault) || !isIdentifier(name)) {
      return null;
    }
    if (configuration && isDefault) {
      // [profile default] stands above [default], wherever the two are.
      if (!prefix && defaultHadPrefix) {
        return null;
      }
      if (prefix && !defaultHadPrefix) {
        profiles.remove(DEFAULT);
      }
      defaultHadPrefix |= prefix;
    }
    return name;
  }

  private void readProperty(String content, int indent) {
    if (profile == null) {
      problem = "a property before the first section";
      return;
    }
    String definition = content.substring(0, firstOf(content, '#', ';', true)).trim();
    int equals = definition.indexOf('=');
    if (equals < 0) {
      problem = "a property must have an '='";
      return;
    }
    String name = definition.substring(0, equals).trim();
    if (name.isEmpty()) {
      problem = "a property must have a name";
      return;
    }
    indentation = indent;
    if (isIdentifier(name)) {
      property = name;
      profile.put(name, definition.substring(equals + 1).trim());
    }
  }

  private void readContinuation(String content) {
    if (profile == null || property == null) {
      return;
    }
    if (value == null) {
      String begun = profile.get(property);
      value = new StringBuilder(begun == null ? "" : begun);
    }
    value.append('\n').append(content.trim());
  }

  private void closeProperty() {
    if (profile != null && property != null && value != null) {
      profile.put(property, value.toString());
    }
    property = null;
    value = null;
  }

  /** Where a comment begins; the length of the line if it has none. */
  private static int firstOf(String content, char one, char other, boolean afterBlank) {
    for (int i = afterBlank ? 1 : 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if ((c == one || c == other) && (!afterBlank || isBlank(content.charAt(i - 1)))) {
        return afterBlank ? i - 1 : i;
      }
    }
    return content.length();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean valid =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_-/.%@:+".indexOf(c) >= 0;
      if (!valid) {
        return false;
      }
    }
    return true;
  }
}
