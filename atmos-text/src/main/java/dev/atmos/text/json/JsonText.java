package dev.atmos.text.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document whose root is an object, and in which single texts can be changed: all else stays
 * as it is, character for character. What is added is laid out as its neighbors are. Immutable.
 */
public final class JsonText {
  private static final String TAB = "\t";

  private final String text;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads a document; an empty one is an object without members.
   *
   * @throws IllegalArgumentException if it isn't one; the message says what it is instead, and
   *     quotes none of it
   */
  public static JsonText of(String text) {
    if (text.isBlank()) {
      return new JsonText("{}\n");
    }
    JsonFactory strict =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = strict.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("is not a JSON object");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("has something after its JSON object");
      }
      return new JsonText(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("is not valid JSON");
    }
  }

  @Override
  public String toString() {
    return text;
  }

  /** A member of an object: where its name begins, and where its value does and ends. */
  private record Member(String name, int from, int value, int to) {}

  /**
   * The text of a member.
   *
   * @param path the names that lead to it from the root
   * @return null where it isn't there, or isn't a text
   */
  public @Nullable String text(String... path) {
    Member member;
    try {
      member = member(path, path.length);
    } catch (IllegalArgumentException e) {
      // There is something else than an object on the way.
      return null;
    }
    return member == null || text.charAt(member.value) != '"'
        ? null
        : unquoted(member.value, member.to);
  }

  /**
   * With a text for a member, which is made where it isn't there.
   *
   * @param value has no character that JSON escapes, nor have the names
   * @throws IllegalArgumentException if there is something else than an object on the way
   */
  public JsonText with(String value, String... path) {
    Member known = member(path, path.length);
    if (known != null) {
      return of(text.substring(0, known.value) + quoted(value) + text.substring(known.to));
    }
    int depth = path.length - 1;
    while (depth > 0 && member(path, depth) == null) {
      depth--;
    }
    Member parent = depth == 0 ? null : member(path, depth);
    int object = parent == null ? root() : parent.value;
    if (parent != null && text.startsWith("null", object)) {
      return of(text.substring(0, object) + "{}" + text.substring(parent.to)).with(value, path);
    }
    return of(inserted(object, depth, value, path));
  }

  private String inserted(int object, int depth, String value, String... path) {
    List<Member> members = members(object);
    Layout layout = layout();
    StringBuilder added = new StringBuilder();
    for (int i = depth; i < path.length; i++) {
      added.append(quoted(path[i])).append(layout.colon());
      if (i < path.length - 1) {
        added.append('{').append(layout.line(i + 2));
      }
    }
    added.append(quoted(value));
    for (int i = path.length - 1; i > depth; i--) {
      added.append(layout.line(i)).append('}');
    }
    if (members.isEmpty()) {
      int end = text.indexOf('}', object);
      return text.substring(0, object + 1)
          + layout.line(depth + 1)
          + added
          + layout.line(depth)
          + text.substring(end);
    }
    // In front of the first member is the same as in front of this one.
    String before = text.substring(object + 1, members.getFirst().from);
    int last = members.getLast().to;
    boolean oneLine = before.indexOf('\n') < 0;
    return text.substring(0, last)
        + ","
        + (oneLine && before.isEmpty() ? layout.blank() : oneLine ? " " : before)
        + added
        + text.substring(last);
  }

  /** Without a member, and without the objects that have no others. */
  public JsonText without(String... path) {
    Member member = member(path, path.length);
    if (member == null) {
      return this;
    }
    int object = path.length == 1 ? root() : parent(path).value;
    List<Member> members = members(object);
    int at = members.indexOf(member);
    if (members.size() == 1) {
      if (path.length > 1) {
        String[] shorter = new String[path.length - 1];
        System.arraycopy(path, 0, shorter, 0, shorter.length);
        return without(shorter);
      }
      return of(text.substring(0, object + 1) + text.substring(text.indexOf('}', member.to)));
    }
    return of(
        at > 0
            ? text.substring(0, members.get(at - 1).to) + text.substring(member.to)
            : text.substring(0, member.from) + text.substring(members.get(1).from));
  }

  private Member parent(String... path) {
    Member parent = member(path, path.length - 1);
    if (parent == null) {
      throw new IllegalStateException("a member of nothing");
    }
    return parent;
  }

  /** The member that the first names of a path lead to; null where it isn't there. */
  private @Nullable Member member(String[] path, int depth) {
    int object = root();
    Member found = null;
    for (int i = 0; i < depth; i++) {
      if (text.charAt(object) != '{') {
        if (text.startsWith("null", object)) {
          return null;
        }
        throw new IllegalArgumentException("has something else than an object for " + path[i - 1]);
      }
      found = null;
      for (Member each : members(object)) {
        found = each.name.equals(path[i]) ? each : found;
      }
      if (found == null) {
        return null;
      }
      object = found.value;
    }
    return found;
  }

  private int root() {
    return text.indexOf('{');
  }

  // ---- How it is laid out.

  /**
   * What stands between things.
   *
   * @param newline empty where all is on one line
   * @param colon the colon with the blanks about it
   * @param blank what follows a comma on a line
   */
  private record Layout(String newline, String unit, String colon, String blank) {
    String line(int level) {
      return newline.isEmpty() ? "" : newline + unit.repeat(level);
    }
  }

  private Layout layout() {
    int root = root();
    List<Member> members = members(root);
    if (members.isEmpty()) {
      return new Layout(text.contains("\r\n") ? "\r\n" : "\n", TAB, ": ", " ");
    }
    Member first = members.getFirst();
    String before = text.substring(root + 1, first.from);
    int newline = before.lastIndexOf('\n');
    String colon = text.substring(endOfString(first.from), first.value);
    return new Layout(
        newline < 0 ? "" : before.contains("\r\n") ? "\r\n" : "\n",
        newline < 0 ? "" : before.substring(newline + 1),
        colon,
        colon.endsWith(" ") ? " " : "");
  }

  // ---- Where things are. The document is known to be valid.

  private List<Member> members(int object) {
    List<Member> members = new ArrayList<>();
    int at = blanks(object + 1);
    while (text.charAt(at) != '}') {
      int nameEnd = endOfString(at);
      int value = blanks(blanks(nameEnd) + 1);
      int end = endOfValue(value);
      members.add(new Member(unquoted(at, nameEnd), at, value, end));
      at = blanks(end);
      if (text.charAt(at) == ',') {
        at = blanks(at + 1);
      }
    }
    return members;
  }

  private int blanks(int from) {
    int at = from;
    while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private int endOfString(int from) {
    int at = from + 1;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private int endOfValue(int from) {
    int depth = 0;
    int at = from;
    do {
      char c = text.charAt(at);
      if (c == '"') {
        at = endOfString(at);
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (depth == 0) {
        while (",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        return at;
      }
      at++;
    } while (depth > 0);
    return at;
  }

  private String unquoted(int from, int to) {
    try (JsonParser parser = new JsonFactory().createParser(text.substring(from, to))) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new IllegalStateException("a text that was valid", e);
    }
  }

  private static String quoted(String plain) {
    return '"' + plain + '"';
  }
}
