package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.plugin.auth.CredentialKey;
import org.junit.jupiter.api.Test;

class UserConfigureCommandTest {
  private static final String ONE =
      """
      auth:
        identities:
          user: {kind: aws/user}
          pod: {kind: ambient}
      """;

  @Test
  void configure_asksAtATerminal_forTheOnlyIdentityThatStoresAKey() {
    CommandRun run = CommandRun.over(ONE).atTerminal();
    run.context.terminal().type("secret");

    run.run(UserConfigureCommand::new);

    assertThat(run.sessions.calls()).containsExactly("configure user true");
    assertThat(run.said())
        .isEqualTo("Stored the key of user\nTo check it: atmos auth login user\n");
  }

  @Test
  void configure_forAScript_readsStandardInput() {
    CommandRun run = CommandRun.over(ONE);
    run.context.terminal().pipe("secret");

    run.run(UserConfigureCommand::new, "pod", "--stdin");

    assertThat(run.sessions.calls()).containsExactly("configure pod true");
  }

  @Test
  void remove_reportsEachThing() {
    CommandRun run = CommandRun.over(ONE);
    run.sessions.steps(
        new LogoutPlan.Remove(
            new StoredItem.SignIn(CredentialKey.of("key", "1"), "plain"),
            "remove the stored key of 'user'",
            ""));

    run.run(UserConfigureCommand::new, "user", "--remove");

    assertThat(run.sessions.calls())
        .containsExactly("plan OfKey[identity=user] with keys", "logout");
    assertThat(run.said()).isEqualTo("done: remove the stored key of 'user'\n");
    assertThat(CommandRun.over(ONE).run(UserConfigureCommand::new, "user", "--remove").said())
        .isEqualTo("nothing to remove\n");
  }

  @Test
  void failures_sayWhatToType() {
    assertThat(CommandRun.over(ONE).failure(UserConfigureCommand::new))
        .isEqualTo(
            "USAGE can't ask for the key of 'user' without a terminal | run it in a terminal; or"
                + " give the answers on standard input: atmos auth user configure user --stdin");
    assertThat(CommandRun.unix().failure(UserConfigureCommand::new))
        .isEqualTo(
            "USAGE no identity has a key that is stored | see which there are, and of which kinds:"
                + " atmos auth list");
    assertThat(CommandRun.over(ONE).failure(UserConfigureCommand::new, "--stdin", "--remove"))
        .isEqualTo("USAGE --stdin and --remove don't go together | use one of them");
    assertThat(CommandRun.over(ONE).atTerminal().failure(UserConfigureCommand::new, "--stdin"))
        .isEqualTo(
            "USAGE --stdin is for scripts, and standard input is a terminal, which would show the"
                + " key | leave --stdin out");
  }
}
