package dev.atmos.auth.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of sections, as the AWS tools have them, edited line by line: what isn't asked for stays
 * byte for byte, be it a comment, another section or something that no tool can read. A section may
 * have a note of ours, which is the comment in the line above it.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">AWS SDKs and
 *     Tools, shared config and credentials files</a>
 */
final class IniText {
  /** How a note begins, after the character that makes it a comment. */
  static final String NOTE = "atmos: expiration=";

  /** Of UTF-8, as Latin-1 has it. */
  static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  /** With their line ends. One character is one byte, whatever the bytes mean. */
  private final List<String> lines = new ArrayList<>();

  IniText(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
  }

  byte[] bytes() {
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The titles of the sections with a note, in order. */
  List<String> noted() {
    List<String> titles = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String title = title(i);
      if (title != null && isNote(lines.get(i - 1))) {
        titles.add(new String(title.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      }
    }
    return titles;
  }

  /**
   * Gives a section these values, and makes it if need be.
   *
   * @param title what stands between its brackets
   * @param note what follows {@link #NOTE}; null for a section without a note
   * @param values by their names; null for one that is not to be there
   */
  void set(String title, @Nullable String note, Map<String, @Nullable String> values) {
    List<Integer> headers = headers(title);
    if (headers.isEmpty()) {
      append(title, note, values);
      return;
    }
    // From the end, so that what is still to be done keeps its place.
    for (int i = headers.size() - 1; i > 0; i--) {
      edit(headers.get(i), onlyNulls(values));
    }
    edit(headers.get(0), values);
    // Only now: with what stood between them gone, a note may be above a header that wasn't.
    headers = headers(title);
    for (int i = headers.size() - 1; i > 0; i--) {
      setNote(headers.get(i), null);
    }
    setNote(headers.get(0), note);
  }

  private static Map<String, @Nullable String> onlyNulls(Map<String, @Nullable String> values) {
    Map<String, @Nullable String> nulls = new HashMap<>();
    values.keySet().forEach(name -> nulls.put(name, null));
    return nulls;
  }

  private void append(String title, @Nullable String note, Map<String, @Nullable String> values) {
    String lineEnd = lineEnd();
    int last = lines.size() - 1;
    if (last >= 0) {
      if (!lines.get(last).endsWith("\n")) {
        lines.set(last, lines.get(last) + lineEnd);
      }
      if (!lines.get(last).isBlank()) {
        lines.add(lineEnd);
      }
    }
    if (note != null) {
      lines.add("; " + NOTE + note + lineEnd);
    }
    lines.add("[" + latin(title) + "]" + lineEnd);
    values.forEach((name, value) -> {
      if (value != null) {
        lines.add(name + " = " + latin(value) + lineEnd);
      }
    });
  }

  private void edit(int header, Map<String, @Nullable String> values) {
    String lineEnd = lineEnd();
    List<Property> properties = properties(header);
    String indentation = properties.isEmpty() ? "" : properties.get(0).indentation();
    Set<String> missing = new HashSet<>(values.keySet());
    int place = firstPlace(header, properties, indentation.length());
    List<Property> ours = new ArrayList<>();
    for (Property property : properties) {
      if (values.containsKey(property.name())) {
        ours.add(property);
        place = property.end();
        indentation = property.indentation();
      }
    }
    if (!lines.get(lines.size() - 1).endsWith("\n")) {
      lines.set(lines.size() - 1, lines.get(lines.size() - 1) + lineEnd);
    }
    List<String> added = new ArrayList<>();
    ours.forEach(property -> missing.remove(property.name()));
    for (Map.Entry<String, @Nullable String> entry : values.entrySet()) {
      String value = entry.getValue();
      if (value != null && missing.contains(entry.getKey())) {
        added.add(indentation + entry.getKey() + " = " + latin(value) + lineEnd);
      }
    }
    lines.addAll(place, added);
    Set<String> kept = new HashSet<>();
    for (int i = ours.size() - 1; i >= 0; i--) {
      Property property = ours.get(i);
      String value = values.get(property.name());
      // Where a name is there twice, the last counts for every reader, and it is the one that
      // stays.
      List<String> range = lines.subList(property.start(), property.end());
      if (value == null || !kept.add(property.name())) {
        range.removeIf(line -> !isComment(line));
      } else if (!property.says(latin(value))) {
        range.removeIf(line -> !isComment(line));
        range.add(0, property.indentation() + property.name() + " = " + latin(value) + lineEnd);
      }
    }
  }

  /** Below the header, and below what would continue a property that came before it. */
  private int firstPlace(int header, List<Property> properties, int indentation) {
    int place = header + 1;
    int end = properties.isEmpty() ? lines.size() : properties.get(0).start();
    for (int i = place; i < end && !isHeader(i); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && line.indexOf(line.strip().charAt(0)) > indentation) {
        place = i + 1;
      }
    }
    return place;
  }

  private void setNote(int header, @Nullable String note) {
    boolean has = header > 0 && isNote(lines.get(header - 1));
    if (note == null) {
      for (int i = header - 1; i >= 0 && isNote(lines.get(i)); i--) {
        lines.remove(i);
      }
      return;
    }
    String line = "; " + NOTE + note + lineEnd();
    if (has) {
      lines.set(header - 1, line);
    } else {
      String mark = header == 0 && lines.get(0).startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
      lines.set(header, lines.get(header).substring(mark.length()));
      lines.add(header, mark + line);
    }
  }

  private List<Integer> headers(String title) {
    String wanted = latin(title);
    List<Integer> headers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (wanted.equals(title(i))) {
        headers.add(i);
      }
    }
    return headers;
  }

  /**
   * What a line says.
   *
   * @param start its number
   * @param end the number of the first line that isn't its own any more
   * @param name in lower case
   */
  private record Property(
      int start, int end, String indentation, String name, String value, boolean continued) {
    boolean says(String wanted) {
      return !continued && value.equals(wanted);
    }
  }

  /** The properties of a section; what is indented deeper than one continues it. */
  private List<Property> properties(int header) {
    List<Property> properties = new ArrayList<>();
    for (int i = header + 1; i < lines.size() && !isHeader(i); i++) {
      String line = lines.get(i);
      String content = line.strip();
      if (content.isEmpty()) {
        continue;
      }
      int indent = line.indexOf(content.charAt(0));
      Property last = properties.isEmpty() ? null : properties.get(properties.size() - 1);
      if (last != null && indent > last.indentation().length()) {
        properties.set(
            properties.size() - 1,
            new Property(last.start(), i + 1, last.indentation(), last.name(), last.value(), true));
      } else if (content.charAt(0) != '#' && content.charAt(0) != ';') {
        int equals = content.indexOf('=');
        String name = equals < 0 ? "" : content.substring(0, equals).strip();
        properties.add(
            new Property(
                i,
                i + 1,
                line.substring(0, indent),
                name.toLowerCase(Locale.ROOT),
                content.substring(equals + 1).strip(),
                false));
      }
    }
    return properties;
  }

  private boolean isHeader(int line) {
    return withoutMark(line).startsWith("[");
  }

  /** What stands between the brackets of a line; null if it is no section's first. */
  private @Nullable String title(int line) {
    String content = withoutMark(line);
    if (!content.startsWith("[")) {
      return null;
    }
    int end = 0;
    while (end < content.length() && content.charAt(end) != '#' && content.charAt(end) != ';') {
      end++;
    }
    String header = content.substring(0, end).strip();
    return header.endsWith("]") ? header.substring(1, header.length() - 1).strip() : null;
  }

  private String withoutMark(int line) {
    String content = lines.get(line);
    return line == 0 && content.startsWith(BYTE_ORDER_MARK)
        ? content.substring(BYTE_ORDER_MARK.length())
        : content;
  }

  /** Where it isn't indented, a comment is one wherever it stands. */
  private static boolean isComment(String line) {
    return line.startsWith(";") || line.startsWith("#");
  }

  private static boolean isNote(String line) {
    return isComment(line) && line.substring(1).stripLeading().startsWith(NOTE);
  }

  private String lineEnd() {
    return !lines.isEmpty() && lines.get(0).endsWith("\r\n") ? "\r\n" : "\n";
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
