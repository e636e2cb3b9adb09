package dev.atmos.text.ini;

/**
 * Writes a shared file of the AWS tools as a whole. Titles, names and values are the caller's to
 * check: they must be visible ASCII without blanks at their ends.
 */
public final class IniWriter {
  private final StringBuilder text = new StringBuilder();

  /** Nothing yet. */
  public IniWriter() {}

  /** A line that the tools skip. */
  public IniWriter comment(String comment) {
    text.append("; ").append(comment).append('\n');
    return this;
  }

  /** The beginning of a section. */
  public IniWriter section(String title) {
    text.append('[').append(title).append("]\n");
    return this;
  }

  /** A property of the section that was begun last. */
  public IniWriter property(String name, String value) {
    text.append(name).append(" = ").append(value).append('\n');
    return this;
  }

  /** The file. */
  public String text() {
    return text.toString();
  }
}
