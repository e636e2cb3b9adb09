package dev.atmos.cli.bootstrap.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.system.KeyPress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardTerminalTest {

  private static StandardTerminal typed(String text) {
    return new StandardTerminal(
        "both",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        () -> false);
  }

  @ParameterizedTest
  @CsvSource({
    "both, true, true",
    "output, false, true",
    "none, false, false",
    "'', false, false",
    "BOTH, false, false"
  })
  void terminal_isWhatTheLauncherSays(String said, boolean interactive, boolean watched) {
    StandardTerminal terminal = terminal(said, InputStream.nullInputStream());
    assertThat(terminal.isInteractive()).isEqualTo(interactive);
    assertThat(terminal.isWatched()).isEqualTo(watched);
  }

  private static StandardTerminal terminal(String said, InputStream in) {
    return new StandardTerminal(said, in, OutputStream.nullOutputStream(), () -> false);
  }

  @ParameterizedTest
  @CsvSource({"both, true", "output, true", "none, false"})
  void background_asksNothing_andWritesOverNothing(String said, boolean watched) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardTerminal terminal =
        new StandardTerminal(said, InputStream.nullInputStream(), err, () -> true);
    assertThat(terminal.isInteractive()).isFalse();
    assertThat(terminal.isWatched()).isEqualTo(watched);
    assertThat(terminal.keys()).isEmpty();
    assertThat(terminal.readSecret()).isEmpty();
    assertThat(terminal.<String>withKeys(keys -> "asked")).isEmpty();
    terminal.live(() -> "Waiting").close();
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "42 (java) R 1 42 1 34816 42 4194304, false",
    "42 (java) R 1 42 1 34816 7 4194304, true",
    "42 (a) b (c) R 1 42 1 34816 7 4194304, true",
    "42 (java) R 1 42 1 0 -1 4194304, false",
    "42 (java) R 1 42, false",
    "'', false"
  })
  void background_isWhatLinuxSaysOfTheTerminalsGroup(String stat, boolean background) {
    assertThat(JobControl.isBackgroundOnLinux(stat)).isEqualTo(background);
  }

  @Test
  void show_writesTheTextAsItIs() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    new StandardTerminal("both", InputStream.nullInputStream(), err, () -> true)
        .show("\r\u001b[Ké");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Ké");
  }

  @ParameterizedTest
  @CsvSource({
    "a, TEXT, a",
    "é, TEXT, é",
    "😀, TEXT, 😀",
    "'\r', ENTER, ''",
    "'\n', ENTER, ''",
    "'\u007f', BACKSPACE, ''",
    "'\b', BACKSPACE, ''",
    "'\u0003', CANCEL, ''",
    "'\u0004', CANCEL, ''",
    "'\u001b', CANCEL, ''",
    "'', CANCEL, ''",
    "'\u001b[A', UP, ''",
    "'\u001bOA', UP, ''",
    "'\u001b[B', DOWN, ''",
    "'\u001b[1;5B', DOWN, ''",
    "'\u001b[3~', OTHER, ''",
    "'\u001bx', OTHER, ''",
    "'\u0001', OTHER, ''",
    "'\t', DOWN, ''"
  })
  void keys_areMadeOfWhatTheTerminalSends(String typed, KeyPress.Kind kind, String text) {
    KeyDecoder keys =
        new KeyDecoder(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    assertThat(keys.next()).isEqualTo(new KeyPress(kind, text));
    assertThat(keys.next()).as("nothing is left over").isEqualTo(KeyPress.of(KeyPress.Kind.CANCEL));
  }

  @Test
  void keys_thatAreNoUtf8_typeNothing() {
    KeyDecoder keys = new KeyDecoder(new ByteArrayInputStream(new byte[] {(byte) 0xC3, 'x', 'y'}));
    assertThat(keys.next()).isEqualTo(KeyPress.of(KeyPress.Kind.OTHER));
    assertThat(keys.next()).isEqualTo(KeyPress.text("y"));
  }

  @Test
  void lines_areReadOneByOne() {
    StandardTerminal terminal = typed("y\n blank é \r\n\nend");
    assertThat(terminal.readLine()).contains("y");
    assertThat(terminal.readLine()).as("blanks may be a part of it").contains(" blank é ");
    assertThat(terminal.readLine()).contains("");
    assertThat(terminal.readLine()).contains("end");
    assertThat(terminal.readLine()).isEmpty();
  }

  @Test
  void line_takesNothingOfTheNextOne() throws IOException {
    InputStream in = new ByteArrayInputStream("a\nb".getBytes(StandardCharsets.UTF_8));
    assertThat(terminal("both", in).readLine()).contains("a");
    assertThat(in.read()).isEqualTo('b');
  }

  @Test
  void input_thatCantBeRead_isItsEnd() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    assertThat(terminal("both", broken).readLine()).isEmpty();
  }
}
