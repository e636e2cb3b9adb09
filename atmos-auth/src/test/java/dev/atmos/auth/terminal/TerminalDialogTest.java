package dev.atmos.auth.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.KeyPress;
import dev.atmos.services.testing.FakeServices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TerminalDialogTest {
  private static final String ADDRESS = "https://corp.awsapps.com/start/#/device";
  private static final String COMPLETE = ADDRESS + "?user_code=ABCD-EFGH";

  private final FakeServices context = new FakeServices();

  private static SignInDialog.Page page(@Nullable String complete) {
    return SignInDialog.Page.of("corp", ADDRESS)
        .withCompleteAddress(complete)
        .withCode("ABCD-EFGH")
        .withExpiry(Instant.parse("2025-01-15T12:10:05Z"));
  }

  private void visit(boolean opensBrowser, @Nullable String complete) {
    new TerminalDialog(context, opensBrowser, false).visit(page(complete)).close();
  }

  @Test
  void page_withoutABrowser_isShownToBeCopied() {
    context.terminal().watch();
    context.environment().set("TERM", "xterm").set("NO_COLOR", "1");
    visit(true, COMPLETE);
    assertThat(context.console().said())
        .isEqualTo(
            "To sign in to corp, open this in a browser:\n\n    "
                + COMPLETE
                + "\n\nand check that it shows the code ABCD-EFGH\n(where it asks for the code: "
                + ADDRESS
                + ")\n\n");
    assertThat(context.terminal().shown()).isEqualTo("Waiting, 10:05 left (Ctrl-C: give up)\n");
    assertThat(context.console().answered()).isEmpty();
  }

  @Test
  void page_thatTakesATypedCode_saysSo() {
    context.terminal().watch();
    visit(true, null);
    assertThat(context.console().said())
        .contains("    " + ADDRESS + "\n")
        .contains("and type the code ABCD-EFGH\n");
    assertThat(context.terminal().shown()).as("TERM isn't set").isEmpty();
  }

  @Test
  void page_withABrowser_isOpenedAndShown() {
    context.terminal().watch();
    context
        .processes()
        .program(
            "ff",
            context.directories().path("/bin/ff"),
            run -> {
              throw new UnsupportedOperationException();
            });
    context.environment().set("BROWSER", "ff").set("TERM", "xterm");
    visit(true, COMPLETE);
    assertThat(context.processes().launches()).containsExactly(List.of("/bin/ff", COMPLETE));
    assertThat(context.console().said())
        .startsWith("To sign in to corp, go on in the browser, or at\n\n    " + COMPLETE + "\n")
        .contains("\u001b[1mABCD-EFGH\u001b[0m");
  }

  private SignInDialog.Waiting visitHere() {
    context.environment().set("TERM", "xterm").set("BROWSER", "ff");
    return new TerminalDialog(context, true, false)
        .visit(SignInDialog.Page.of("corp", ADDRESS).onThisMachine());
  }

  @Test
  void page_onThisMachine_saysSo_andOffersADeviceCode() {
    context.terminal().press(KeyPress.text("x"));
    SignInDialog.Waiting waiting = visitHere();

    assertThat(context.console().said())
        .isEqualTo(
            "To sign in to corp, open this in a browser on this machine:\n\n    "
                + ADDRESS
                + "\n\n");
    assertThat(context.terminal().shown()).isEqualTo("Waiting (d: device code)\n");
    assertThat(waiting.wantsDeviceCode()).isFalse();
    context.terminal().press(KeyPress.text("y"), KeyPress.text("D"), KeyPress.text("z"));
    assertThat(waiting.wantsDeviceCode()).isTrue();
    assertThat(context.terminal().reading()).isEqualTo(1);
    waiting.close();
    assertThat(context.terminal().reading()).isZero();
  }

  @Test
  void page_whereNoKeysAreRead_offersNone() {
    context.terminal().watch();
    SignInDialog.Waiting waiting = visitHere();
    assertThat(context.terminal().shown()).isEqualTo("Waiting (Ctrl-C: give up)\n");
    assertThat(waiting.wantsDeviceCode()).isFalse();
    waiting.close();
  }

  @Test
  void dialog_ofTheOptions_hasABrowserOrPrefersACode() {
    context
        .processes()
        .program(
            "ff",
            context.directories().path("/bin/ff"),
            run -> {
              throw new UnsupportedOperationException();
            });
    context.environment().set("BROWSER", "ff");
    assertThat(new TerminalDialog(context, true, false).hasLocalBrowser()).isTrue();
    assertThat(new TerminalDialog(context, false, false).hasLocalBrowser()).isFalse();
    assertThat(new TerminalDialog(context, true, false).prefersDeviceCode()).isFalse();
    assertThat(new TerminalDialog(context, true, true).prefersDeviceCode()).isTrue();
    SignInDialog none =
        new TerminalDialog(context, true, true).withBrowser(() -> Optional.of("none"));
    assertThat(none.hasLocalBrowser()).isFalse();
    assertThat(none.prefersDeviceCode()).isTrue();
  }

  @Test
  void page_withoutATerminal_isShownOnlyToWhoSaysSo() {
    assertThatThrownBy(() -> visit(true, COMPLETE))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
              assertThat(e.hint().orElse("")).contains("--no-browser");
            });
    assertThat(context.console().said()).isEmpty();
    context.environment().set("BROWSER", "ff");
    visit(false, COMPLETE);
    assertThat(context.console().said()).contains(COMPLETE);
    assertThat(context.processes().launches()).isEmpty();
    assertThat(context.terminal().shown()).as("nothing moves in a log").isEmpty();
  }

  @Test
  void page_ofAProviderWithOddName_steersNoTerminal() {
    context.terminal().watch();
    new TerminalDialog(context, true, false)
        .visit(SignInDialog.Page.of("a\u001b[2J", "https://a/\u001b[2J"))
        .close();
    assertThat(context.console().said()).doesNotContain("\u001b");
  }

  @Test
  void question_atATerminal_isAsked() {
    context.terminal().type("123456");
    assertThat(new TerminalDialog(context, true, false).askSecret("MFA code of me"))
        .contains(Secret.of("123456"));
    assertThat(context.terminal().shown()).isEqualTo("MFA code of me: \n");
  }

  @Test
  void question_withoutATerminal_isARefusal() {
    context.terminal().watch();
    assertThatThrownBy(() -> new TerminalDialog(context, false, false).askSecret("MFA code of me"))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED))
        .hasMessage("can't ask for the MFA code of me without a terminal")
        .extracting(e -> ((AtmosException) e).hint().orElseThrow())
        .isEqualTo("run it in a terminal, in the foreground");
  }
}
