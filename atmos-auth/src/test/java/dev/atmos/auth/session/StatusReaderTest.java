package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.StatusPrompt;
import dev.atmos.auth.status.StatusReport;
import dev.atmos.auth.status.StatusText;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTest {
  private static final String CONFIG =
      """
      auth:
        providers:
          front: {kind: fake/door, address: front}
        identities:
          room: {kind: fake/room, number: 1, via: {provider: front}}
          inner: {kind: fake/room, number: 2, via: {identity: room}}
          tagged: {kind: fake/room, number: !exec "exit 1", via: {provider: front}}
          lost: {kind: fake/room, via: {identity: nowhere}}
          key: {kind: mock/aws}
          here: {kind: aws/ambient}
      """;

  private final ScriptedKinds kinds = new ScriptedKinds();
  private final SignInTestContext context = kinds.context(CONFIG);

  StatusReaderTest() {
    context.services().withOffset("+05:30");
  }

  private String provider(boolean quick) {
    EntryStatus status = context.sessions().status(quick).provider("front");
    return new StatusText(context.services()).signIn(status);
  }

  private String prompt(String identity) {
    EntryStatus status = context.sessions().status(true).identity(identity);
    return StatusPrompt.of(status, context.services().clock().instant());
  }

  private void later(Duration time) {
    context.services().clock().advance(time);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signIn_withoutARefreshToken_hasAnEnd(boolean quick) {
    kinds.renewable = false;
    assertThat(provider(quick)).isEqualTo("not signed in");
    context.signIn("room");
    assertThat(provider(quick)).isEqualTo("signed in until 01:30 (8 h)");
    later(Duration.ofHours(9));
    assertThat(provider(quick)).isEqualTo("the sign-in has expired");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signIn_withARefreshToken_renewsByItself(boolean quick) {
    context.signIn("room");
    String expected =
        "signed in; renews by itself until your organization's session ends (signed in 17:30)";
    assertThat(provider(quick)).isEqualTo(expected);
    later(Duration.ofHours(9));
    context.silent("room");
    assertThat(kinds.log).contains("renewed with state-1 token-2");
    assertThat(provider(quick)).isEqualTo(expected);
    later(Duration.ofHours(20));
    assertThat(provider(quick)).contains("(signed in 2025-01-15 17:30)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signIn_ofAnotherTool_isCalledThat(boolean quick) {
    kinds.external =
        Token.of(
            "fake",
            Secret.of("token-x"),
            context.services().clock().instant().plus(Duration.ofMinutes(90)));
    assertThat(provider(quick)).isEqualTo("signed in by another tool until 19:00 (1 h 30 min)");
    assertThat(prompt("room")).isEqualTo("room:1h");
  }

  @Test
  void prompt_ofASignIn_countsItsTimeAndNotThatOfTheRole() {
    kinds.renewable = false;
    assertThat(prompt("room")).isEqualTo("room:signed-out");
    context.signIn("room");
    assertThat(prompt("room")).isEqualTo("room:8h");
    assertThat(prompt("inner")).isEqualTo("inner:8h");
    later(Duration.ofMinutes(7 * 60 + 18));
    assertThat(prompt("room")).isEqualTo("room:42m");
    later(Duration.ofHours(1));
    assertThat(prompt("room")).isEqualTo("room:expired");
  }

  @Test
  void prompt_whereNoSignInIsNeededOrItIsRenewed_isTheName() {
    context.signIn("room");
    assertThat(List.of(prompt("room"), prompt("key"), prompt("here"), prompt("lost")))
        .containsExactly("room", "key", "here", "lost");
  }

  @Test
  void prompt_ofADefinitionWithATag_isTheNameAndMakesNoValue() {
    context.signIn("room");
    assertThat(prompt("tagged")).isEqualTo("tagged");
  }

  @Test
  void status_ofAll_hasALineForEachAndTheCommandThatLeadsOn() {
    kinds.renewable = false;
    context.signIn("room");
    later(Duration.ofHours(9));
    StatusReader reader = context.sessions().status(false);
    StatusReport report =
        new StatusReport(
            null,
            List.of(reader.provider("front")),
            List.of(
                reader.identity("room"),
                reader.identity("lost"),
                reader.identity("key"),
                reader.identity("here")));
    String text =
        """
        Sign-ins
          no  front  the sign-in has expired; run: atmos auth login --provider front

        Identities
          no  room    needs a sign-in; run: atmos auth login room
          no  lost    atmos.yaml:8:45: 'via' of identity 'lost' names identity 'nowhere', which is not configured; run: atmos auth validate
          ok  key     gets credentials when it is used
          -   here    has the credentials of the environment
        """;
    assertThat(new StatusText(context.services()).text(report)).isEqualTo(text);
    context.set("LANG", "de_DE.UTF-8");
    assertThat(new StatusText(context.services()).text(report))
        .contains("\u2717  front", "\u2713  key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(reboot)", "`id`", "a b;c", "\u001b[31m", "%{x%}", "日本", "a\nb"})
  void prompt_ofAHostileName_hasHarmlessCharactersOnly(String name) {
    EntryStatus status = EntryStatus.without(name.repeat(50), "", EntryStatus.State.UNKNOWN, null);
    assertThat(StatusPrompt.of(status, context.services().clock().instant()))
        .matches("[A-Za-z0-9_./@:+-]{1,40}");
  }
}
