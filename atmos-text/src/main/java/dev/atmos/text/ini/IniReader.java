package dev.atmos.text.ini;

import dev.atmos.text.ShellWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a shared configuration or credentials file by the rules of the AWS SDK for Java
 * 2: whatever that accepts is read as it reads it. Accepted beyond that, as the AWS CLI has it: a
 * byte order mark, sections whose properties are all indented, indented comments between them,
 * nested values that aren't properties, and names of any characters, in quotes where they hold
 * blanks. As the AWS CLI has it, a {@code credential_process} ends with its line. On the token
 * path.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">AWS SDKs and
 *     Tools, shared config and credentials files</a>
 */
public final class IniReader {
  private static final String DEFAULT = "default";
  private static final String PROCESS = "credential_process";

  private final String text;
  private final boolean configuration;
  private final Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> ssoSessions = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> services = new LinkedHashMap<>();
  private @Nullable String problem;

  private int line;
  private boolean inIgnoredSection;
  private boolean defaultHadPrefix;
  private @Nullable Map<String, String> section;

  /** Whether the section is one that the SDK reads, and refuses if it is malformed. */
  private boolean strict;

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

  /**
   * The sections {@code [sso-session x]} of a configuration file, as {@link #profiles} has those.
   */
  public Map<String, Map<String, String>> ssoSessions() {
    return ssoSessions;
  }

  /** The sections {@code [services x]} of a configuration file, as {@link #profiles} has those. */
  public Map<String, Map<String, String>> services() {
    return services;
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
    strict = true;
    section = section(header.substring(1, header.length() - 1).trim());
    inIgnoredSection = section == null;
    if (section != null) {
      indentation = -1;
    }
  }

  /** The properties of a section; null if it is about something else. */
  private @Nullable Map<String, String> section(String title) {
    if (!configuration) {
      strict = isIdentifier(title);
      return of(profiles, title);
    }
    if (title.equals(DEFAULT)) {
      // [profile default] stands above [default], wherever the two are.
      return defaultHadPrefix ? null : of(profiles, DEFAULT);
    }
    int blank = 0;
    while (blank < title.length() && !isBlank(title.charAt(blank))) {
      blank++;
    }
    String name = name(title.substring(blank).trim());
    if (name == null) {
      return null;
    }
    String kind = title.substring(0, blank);
    if (!kind.equals("profile")) {
      strict = false;
      return kind.equals("sso-session")
          ? of(ssoSessions, name)
          : kind.equals("services") ? of(services, name) : null;
    }
    if (name.equals(DEFAULT) && !defaultHadPrefix) {
      profiles.remove(DEFAULT);
      defaultHadPrefix = true;
    }
    strict = isIdentifier(name);
    return of(profiles, name);
  }

  private static Map<String, String> of(Map<String, Map<String, String>> sections, String name) {
    Map<String, String> known = sections.get(name);
    if (known == null) {
      known = new LinkedHashMap<>();
      sections.put(name, known);
    }
    return known;
  }

  /** A name without the quotes that the AWS CLI writes round one with blanks; null for several. */
  private static @Nullable String name(String written) {
    if (isIdentifier(written)) {
      return written.isEmpty() ? null : written;
    }
    List<String> words = ShellWords.posix(written).orElse(List.of());
    return words.size() == 1 ? words.get(0) : null;
  }

  private void readProperty(String content, int indent) {
    if (section == null) {
      problem = "a property before the first section";
      return;
    }
    String definition = content.substring(0, firstOf(content, '#', ';', true)).trim();
    int equals = definition.indexOf('=');
    String name = equals < 0 ? "" : definition.substring(0, equals).trim();
    if (name.isEmpty()) {
      if (strict) {
        problem = equals < 0 ? "a property must have an '='" : "a property must have a name";
      }
      return;
    }
    indentation = indent;
    if (isIdentifier(name)) {
      property = name;
      String whole = name.equalsIgnoreCase(PROCESS) ? content.trim() : definition;
      section.put(name, whole.substring(equals + 1).trim());
    }
  }

  private void readContinuation(String content) {
    if (section == null || property == null) {
      return;
    }
    if (value == null) {
      String begun = section.get(property);
      value = new StringBuilder(begun == null ? "" : begun);
    }
    value.append('\n').append(content.trim());
  }

  private void closeProperty() {
    if (section != null && property != null && value != null) {
      section.put(property, value.toString());
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
