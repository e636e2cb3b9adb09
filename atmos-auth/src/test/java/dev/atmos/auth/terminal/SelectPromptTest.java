package dev.atmos.auth.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.KeyPress;
import dev.atmos.services.testing.FakeServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectPromptTest {
  private final FakeServices context = new FakeServices();

  private static final List<SelectPrompt.Choice> THREE =
      List.of(
          new SelectPrompt.Choice("dev", "aws/permission-set via corp"),
          new SelectPrompt.Choice("prod/eu west", "aws/assume-role via dev"),
          new SelectPrompt.Choice("prod/us", "aws/assume-role via dev"));

  private String pick() {
    return SelectPrompt.pick(context, "identity", THREE, "say which: --identity NAME");
  }

  /** Letters are typed; {@code v} goes down, {@code ^} up, {@code <} back, {@code !} enters. */
  private void press(String keys) {
    context.environment().set("TERM", "xterm");
    List<KeyPress> pressed = new ArrayList<>();
    for (int i = 0; i < keys.length(); i++) {
      char c = keys.charAt(i);
      pressed.add(
          switch (c) {
            case 'v' -> KeyPress.of(KeyPress.Kind.DOWN);
            case '^' -> KeyPress.of(KeyPress.Kind.UP);
            case '<' -> KeyPress.of(KeyPress.Kind.BACKSPACE);
            case '!' -> KeyPress.of(KeyPress.Kind.ENTER);
            case '?' -> KeyPress.of(KeyPress.Kind.OTHER);
            default -> KeyPress.text(String.valueOf(c));
          });
    }
    context.terminal().press(pressed.toArray(KeyPress[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "!, dev",
    "v!, prod/eu west",
    "^!, prod/us",
    "vvv!, dev",
    "us!, prod/us",
    "PROD EU!, prod/eu west",
    "role!, prod/eu west",
    "usx<!, prod/us",
    "usx!<!, prod/us",
    "??!, dev",
    "v^^!, prod/us",
    "<!, dev"
  })
  void keys_pickWhatTheyLeadTo(String keys, String name) {
    press(keys);
    assertThat(pick()).isEqualTo(name);
    assertThat(context.console().said()).isEqualTo("Picked identity: " + name + "\n");
    assertThat(context.console().answered()).isEmpty();
  }

  @Test
  void list_isTakenAwayWhenSomethingIsPicked() {
    press("!");
    pick();
    assertThat(context.terminal().shown()).endsWith("\u001b[3A\r\u001b[J");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v", "nothing!"})
  void whoGivesUp_isInterrupted(String keys) {
    press(keys);
    assertThatThrownBy(this::pick)
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED))
        .hasMessage("no identity was picked");
  }

  @ParameterizedTest
  @CsvSource({"2, prod/eu west", "dev, dev", "us, prod/us", "role|1, prod/eu west", "x|3, prod/us"})
  void numbers_orPartsOfNames_pickWhereKeysCantBeRead(String lines, String name) {
    context.environment().set("TERM", "dumb");
    context.terminal().type(lines.split("\\|", -1));
    assertThat(pick()).isEqualTo(name);
    assertThat(context.terminal().shown() + context.console().said())
        .contains("  1  dev  aws/permission-set via corp\n")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0", "4"})
  void whoTypesNothingThatIsThere_isInterruptedInTheEnd(String line) {
    context.environment().set("TERM", "dumb");
    context.terminal().type(line);
    assertThatThrownBy(this::pick).hasMessage("no identity was picked");
  }

  @Test
  void withoutATerminal_nobodyIsAsked() {
    assertThatThrownBy(this::pick)
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.hint()).contains("say which: --identity NAME");
            });
    assertThat(context.console().said() + context.terminal().shown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CI, true", "ATMOS_INTERACTIVE, false"})
  void whereNobodyIsToBeAsked_nobodyIs(String name, String value) {
    press("!");
    context.environment().set(name, value);
    assertThatThrownBy(this::pick).hasMessage("picking the identity from a list needs a terminal");
  }

  @Test
  void names_steerNoTerminal() {
    press("!");
    SelectPrompt.pick(
        context, "identity", List.of(new SelectPrompt.Choice("a\u001b[2Jb\n", "\u202e")), "fix");
    assertThat(context.terminal().shown()).doesNotContain("\u001b[2J").doesNotContain("\u202e");
  }

  @Test
  void longLists_showAWindow() {
    List<SelectPrompt.Choice> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(new SelectPrompt.Choice("id" + i, "x".repeat(200)));
    }
    press("^!");
    assertThat(SelectPrompt.pick(context, "identity", many, "fix")).isEqualTo("id49");
    assertThat(context.terminal().shown())
        .contains("10 of 50; type to narrow them down")
        .contains("> id49");
    String visible = context.terminal().shown().replaceAll("\u001b\\[[0-9]*[A-Za-z]", "");
    for (String row : visible.split("[\r\n]+", -1)) {
      assertThat(row).hasSizeLessThan(80);
    }
  }
}
