package dev.atmos.cli.bootstrap.terminal;

import dev.atmos.services.system.KeyPress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes keys of the bytes that a terminal sends (ECMA-48, xterm's control sequences). */
final class KeyDecoder {
  private static final int ESCAPE = 0x1B;

  /** How long the rest of a control sequence may take; a lone Escape is a key of its own. */
  private static final int PATIENCE_MILLIS = 50;

  private final InputStream in;

  KeyDecoder(InputStream in) {
    this.in = in;
  }

  KeyPress next() {
    try {
      int read = in.read();
      return switch (read) {
        case '\r', '\n' -> KeyPress.of(KeyPress.Kind.ENTER);
        case 0x7F, '\b' -> KeyPress.of(KeyPress.Kind.BACKSPACE);
        // Ctrl-C, Ctrl-D, Ctrl-G, Ctrl-Q, the end.
        case -1, 0x03, 0x04, 0x07, 0x11 -> KeyPress.of(KeyPress.Kind.CANCEL);
        // Ctrl-P and Ctrl-N, as in other lists, and the tabulator.
        case 0x10 -> KeyPress.of(KeyPress.Kind.UP);
        case 0x0E, '\t' -> KeyPress.of(KeyPress.Kind.DOWN);
        case ESCAPE -> sequence();
        default -> read < ' ' ? KeyPress.of(KeyPress.Kind.OTHER) : text(read);
      };
    } catch (IOException e) {
      return KeyPress.of(KeyPress.Kind.CANCEL);
    }
  }

  private KeyPress sequence() throws IOException {
    if (!waits()) {
      return KeyPress.of(KeyPress.Kind.CANCEL);
    }
    int introducer = in.read();
    if (introducer != '[' && introducer != 'O') {
      return KeyPress.of(KeyPress.Kind.OTHER);
    }
    int last = in.read();
    while (last >= ' ' && last < '@') {
      last = in.read();
    }
    return switch (last) {
      case 'A' -> KeyPress.of(KeyPress.Kind.UP);
      case 'B' -> KeyPress.of(KeyPress.Kind.DOWN);
      case 'Z' -> KeyPress.of(KeyPress.Kind.UP);
      case -1 -> KeyPress.of(KeyPress.Kind.CANCEL);
      default -> KeyPress.of(KeyPress.Kind.OTHER);
    };
  }

  private boolean waits() throws IOException {
    for (int i = 0; i < PATIENCE_MILLIS && in.available() == 0; i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return in.available() > 0;
  }

  /** One character in UTF-8, which may be several bytes. */
  private KeyPress text(int first) throws IOException {
    int length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    byte[] bytes = new byte[length];
    bytes[0] = (byte) first;
    for (int i = 1; i < length; i++) {
      bytes[i] = (byte) in.read();
    }
    try {
      return KeyPress.text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return KeyPress.of(KeyPress.Kind.OTHER);
    }
  }
}
