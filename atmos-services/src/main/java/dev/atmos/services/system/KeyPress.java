package dev.atmos.services.system;

/**
 * A key that was pressed.
 *
 * @param kind what it does
 * @param text what it types; empty unless it is {@link Kind#TEXT}
 */
public record KeyPress(Kind kind, String text) {

  /** What a key does. */
  public enum Kind {
    /** Types something. */
    TEXT,
    /** Takes what is chosen. */
    ENTER,
    /** Goes to what is above. */
    UP,
    /** Goes to what is below. */
    DOWN,
    /** Takes back what was typed last. */
    BACKSPACE,
    /** Gives up; the end of the input as well. */
    CANCEL,
    /** Does nothing here. */
    OTHER
  }

  /** One that types something. */
  public static KeyPress text(String text) {
    return new KeyPress(Kind.TEXT, text);
  }

  /** One that types nothing. */
  public static KeyPress of(Kind kind) {
    return new KeyPress(kind, "");
  }
}
