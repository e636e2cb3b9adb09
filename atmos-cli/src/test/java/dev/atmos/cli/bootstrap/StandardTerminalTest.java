package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardTerminalTest {

  private static StandardTerminal typed(String text) {
    return new StandardTerminal(
        "true", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "'', false", "TRUE, false"})
  void terminal_isWhatTheLauncherSays(String said, boolean interactive) {
    assertThat(new StandardTerminal(said, InputStream.nullInputStream()).isInteractive())
        .isEqualTo(interactive);
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
    assertThat(new StandardTerminal("true", in).readLine()).contains("a");
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
    assertThat(new StandardTerminal("true", broken).readLine()).isEmpty();
  }
}
