package dev.atmos.cli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.context.LogLevel;
import dev.atmos.cli.context.StreamConsole;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorReporterTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StreamConsole console = new StreamConsole(OutputStream.nullOutputStream(), err);
  private final ErrorReporter reporter = new ErrorReporter(console);

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void failure_ofAnyCode_endsInItsNumber(ExitCode code) {
    assertThat(reporter.report(new AtmosException(code, "it broke"))).isEqualTo(code.code());
    assertThat(said()).isEqualTo("atmos: it broke\n");
  }

  @Test
  void failure_withAHint_isOneLine() {
    reporter.report(new AtmosException(ExitCode.USAGE, "it broke", "mend it"));
    assertThat(said()).isEqualTo("atmos: it broke; mend it\n");
  }

  @Test
  void failure_withAnExcerpt_isTwoLines() {
    reporter.report(new AtmosException(ExitCode.USAGE, "it broke\n  2 | key: ...", "mend it"));
    assertThat(said()).isEqualTo("atmos: it broke; mend it\n  2 | key: ...\n");
  }

  @Test
  void failure_withTextThatSteersATerminal_isShownWithoutThat() {
    reporter.report(
        new AtmosException(ExitCode.USAGE, "it\u001b[2J\nbroke\r\n  a\n  b", "me\u0007nd it"));
    assertThat(said()).isEqualTo("atmos: it?[2J?broke?; me?nd it\n  a?  b\n");
  }

  @Test
  void failure_toWhoDebugs_hasItsStackWithoutTheMessagesOfOthers() {
    console.level(LogLevel.DEBUG);
    reporter.report(new AtmosException(ExitCode.FAILED, "it broke", null, new Error("hush-hush")));
    assertThat(said())
        .startsWith("atmos: it broke\n")
        .contains(
            "\tat dev.atmos.cli.dispatch.ErrorReporterTest", "Caused by: java.lang.Error\n\tat ")
        .doesNotContain("hush-hush");
  }

  @Test
  void defect_toWhoDebugs_hasItsStackWithoutItsMessage() {
    console.level(LogLevel.DEBUG);
    reporter.bug(new IllegalStateException("hush-hush", new Error("hush-hush")));
    assertThat(said())
        .contains("\njava.lang.IllegalStateException\n\tat ", "Caused by: java.lang.Error\n\tat ")
        .doesNotContain("hush-hush");
  }

  @Test
  void defect_toAnybody_isNamedByItsClassOnly() {
    assertThat(reporter.bug(new IllegalStateException("hush-hush"))).isEqualTo(70);
    assertThat(said())
        .startsWith("atmos: internal error (java.lang.IllegalStateException); ")
        .doesNotContain("hush-hush")
        .hasLineCount(1);
  }

  @Test
  void say_withAClosedStream_isQuiet() {
    OutputStream closed = OutputStream.nullOutputStream();
    try {
      closed.close();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    new StreamConsole(OutputStream.nullOutputStream(), closed).say("nobody hears this");
    assertThat(said()).isEmpty();
  }
}
