package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogoutCommandTest {
  private static final String PROFILE =
      "/home/dev/.local/state/atmos/auth/profiles/dev-0123456789ab";
  private static final String OTHER = "/home/dev/.local/state/atmos/auth/profiles/old-0123456789ab";

  private static CommandRun signedIn() {
    CommandRun run = CommandRun.unix();
    run.integrations.kubeconfig("dev", "/k/dev").kubeconfig("ops/eu west", "/k/ops");
    run.sessions.steps(
        new LogoutPlan.Remove(
            new StoredItem.PrivateFile(run.path("/x")), "remove the credentials of dev", ""));
    run.context.directories().write(PROFILE + "/config", "x");
    run.context.directories().write(OTHER + "/config", "x");
    return run;
  }

  private static boolean exists(CommandRun run, String path) {
    return run.context.files().exists(run.path(path));
  }

  @Test
  void logout_ofAnIdentity_removesWhatIsItsOwn() {
    CommandRun run = signedIn().run(LogoutCommand::new, "d");
    assertThat(run.said())
        .isEqualTo("done: remove context dev\ndone: remove the credentials of dev\n");
    assertThat(run.integrations.calls()).containsExactly("removed dev");
    assertThat(run.sessions.calls()).containsExactly("plan OfIdentity[identity=dev]", "logout");
    assertThat(exists(run, PROFILE)).as("it holds no secret").isTrue();
    assertThat(exists(run, OTHER)).isTrue();
    assertThat(run.answered()).isEmpty();
    assertThat(run.exitCode).isZero();
  }

  @Test
  void logout_ofAProvider_removesAllThatGoThroughIt() {
    CommandRun run = signedIn().run(LogoutCommand::new, "--provider", "Corp");
    assertThat(run.integrations.calls()).containsExactly("removed dev", "removed ops/eu west");
    assertThat(run.sessions.calls()).contains("plan OfProvider[provider=corp]");
  }

  @Test
  void logout_ofEverything_leavesTheProfilesOfPrograms() {
    CommandRun run = signedIn().run(LogoutCommand::new, "--all");
    assertThat(run.sessions.calls()).contains("plan All[]");
    assertThat(exists(run, OTHER)).as("shells still use it").isTrue();
    assertThat(exists(run, PROFILE)).isTrue();
    assertThat(signedIn().run(LogoutCommand::new, "--all-realms").sessions.calls())
        .contains("plan All[]");
  }

  @Test
  void logout_ofTags_isOfTheIdentitiesWithOneOfThem() {
    CommandRun run = signedIn().run(LogoutCommand::new, "--tags", "PROD,x");
    assertThat(run.sessions.calls())
        .contains("plan OfTags[identities=[dev, ops/eu west], providers=[]]");
    assertThat(run.integrations.calls()).containsExactly("removed dev", "removed ops/eu west");
  }

  private static CommandRun withKey() {
    CommandRun run = CommandRun.unix();
    run.sessions.steps(
        new LogoutPlan.Remove(
            new StoredItem.SignIn(CredentialKey.of("key", "1"), "plain"),
            "remove the stored key of 'dev'",
            ""));
    return run;
  }

  @Test
  void keychain_isAskedForFirst_orForced() {
    CommandRun yes = withKey().atTerminal();
    yes.context.terminal().type("y");
    yes.run(LogoutCommand::new, "dev", "--keychain");
    assertThat(yes.sessions.calls())
        .containsExactly("plan OfIdentity[identity=dev] with keys", "logout");
    assertThat(yes.said()).startsWith("This would remove the stored key of 'dev'\n");

    CommandRun no = withKey().atTerminal();
    no.context.terminal().type("");
    assertThat(no.failure(LogoutCommand::new, "dev", "--keychain"))
        .isEqualTo("FAILED nothing was removed");
    assertThat(no.sessions.calls()).doesNotContain("logout");

    assertThat(withKey().failure(LogoutCommand::new, "dev", "--keychain"))
        .isEqualTo(
            "USAGE --keychain removes long-lived keys, and can't ask without a terminal | add"
                + " --force to remove them");
    assertThat(withKey().run(LogoutCommand::new, "dev", "--keychain", "--force").sessions.calls())
        .contains("logout");
    assertThat(withKey().run(LogoutCommand::new, "dev", "--keychain", "--dry-run").answered())
        .isEqualTo("would remove the stored key of 'dev'\n");
  }

  @Test
  void whatStays_isSaid() {
    CommandRun run = CommandRun.unix();
    run.sessions.kept("The sign-in of 'corp' stays");
    assertThat(run.run(LogoutCommand::new, "dev").said())
        .isEqualTo("nothing to remove\nThe sign-in of 'corp' stays\n");
    assertThat(run.run(LogoutCommand::new, "dev", "-o", "json").answered())
        .contains("\"kept\"", "The sign-in of 'corp' stays");
  }

  @Test
  void all_withABrokenConfiguration_removesWhatItCan() {
    CommandRun run = CommandRun.over("auth: {identities: [x]}");
    run.sessions.steps(
        new LogoutPlan.Remove(new StoredItem.PrivateFile(run.path("/x")), "remove the rest", ""));
    assertThat(run.run(LogoutCommand::new, "--all").said()).contains("done: remove the rest\n");
  }

  @Test
  void all_showsALineForEachThingThatTheUserKnows_andThePlacesAreInJson() {
    CommandRun run = CommandRun.unix();
    String unnamed = "remove sign-ins that no configuration names";
    run.sessions.steps(
        new LogoutPlan.Remove(new StoredItem.PrivateFile(run.path("/x")), unnamed, "(a0, plain)"),
        new LogoutPlan.Remove(new StoredItem.PrivateFile(run.path("/y")), unnamed, "(b1, plain)"));
    assertThat(run.run(LogoutCommand::new, "--all", "--dry-run").answered())
        .isEqualTo("would " + unnamed + " (2)\n");
    assertThat(run.run(LogoutCommand::new, "--all", "-o", "json").answered())
        .contains(unnamed + " (a0, plain)", unnamed + " (b1, plain)");
    assertThat(run.run(LogoutCommand::new, "--all").said())
        .isEqualTo("done: " + unnamed + " (2)\n");
  }

  @Test
  void changesOfAnIntegration_haveALineEach() {
    CommandRun run = signedIn();
    run.integrations.changesMore("remove cluster dev", "remove user dev");
    String lines =
        """
        remove context dev
        remove cluster dev
        remove user dev
        remove the credentials of dev
        """;
    assertThat(run.run(LogoutCommand::new, "dev", "--dry-run").answered())
        .isEqualTo(lines.replaceAll("(?m)^", "would ").replaceAll("would $", ""));
    assertThat(run.run(LogoutCommand::new, "dev").said())
        .isEqualTo(lines.replaceAll("(?m)^", "done: ").replaceAll("done: $", ""));
  }

  @Test
  void logout_asADryRun_saysWhatItWouldDoAndDoesNothing() {
    CommandRun run = signedIn().run(LogoutCommand::new, "dev", "--dry-run");
    assertThat(run.answered())
        .isEqualTo("would remove context dev\nwould remove the credentials of dev\n");
    assertThat(run.integrations.calls()).isEmpty();
    assertThat(run.sessions.calls()).doesNotContain("logout");
    assertThat(exists(run, PROFILE)).isTrue();
  }

  @Test
  void logout_whereNothingIs_saysSo() {
    assertThat(CommandRun.unix().run(LogoutCommand::new).said()).isEqualTo("nothing to remove\n");
    CommandRun dry = CommandRun.unix().run(LogoutCommand::new, "--dry-run");
    assertThat(dry.said()).isEqualTo("nothing to remove\n");
    assertThat(dry.answered()).isEmpty();
  }

  @Test
  void logout_thatCantTellTheOtherSide_succeeds() {
    CommandRun run = CommandRun.unix();
    run.sessions
        .steps(
            new LogoutPlan.Revoke(
                "corp", new StoredItem.SignIn(CredentialKey.of("provider", "1"), "plain")))
        .logoutFails(new AtmosException(ExitCode.UNAVAILABLE, "no network"));
    run.run(LogoutCommand::new, "--provider", "corp");
    assertThat(run.exitCode).isZero();
    assertThat(run.said())
        .startsWith(
            "atmos: warning: couldn't end the session of corp at its provider: no network\n");
  }

  @Test
  void logout_thatLeavesSomething_fails() {
    CommandRun run = signedIn();
    run.sessions.logoutFails(new AtmosException(ExitCode.FAILED, "permission denied", "be root"));
    run.run(LogoutCommand::new, "dev");
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.said())
        .contains(
            "atmos: warning: couldn't remove the credentials of dev: permission denied; be root\n")
        .contains("done: remove context dev\n");
  }

  @Test
  void logout_whoseIntegrationIsBroken_doesTheRest() {
    CommandRun run = signedIn();
    run.integrations.broken();
    run.run(LogoutCommand::new, "dev");
    assertThat(run.said())
        .contains("couldn't undo integration 'dev/eks': the kubeconfig is broken")
        .contains("done: remove the credentials of dev\n");
    assertThat(run.exitCode).isEqualTo(1);
  }

  @Test
  void logout_inJson_answersOnStandardOutput() {
    assertThat(signedIn().run(LogoutCommand::new, "dev", "-o", "json", "--dry-run").answered())
        .containsSubsequence(
            "\"dry_run\": true", "\"step\": \"remove context dev\"", "\"problem\": null");
    CommandRun run = signedIn().run(LogoutCommand::new, "dev", "-o", "json");
    assertThat(run.answered()).contains("\"dry_run\": false");
    assertThat(run.said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ATMOS_IDENTITY, ops/eu west, ops/eu west", "X, y, dev"})
  void logout_withoutAName_isOfWhoIsMeantEverywhere(String name, String value, String identity) {
    CommandRun run = CommandRun.unix().env(name, value).run(LogoutCommand::new);
    assertThat(run.sessions.calls()).contains("plan OfIdentity[identity=" + identity + "]");
  }

  @Test
  void failures_sayWhatToType() {
    Map<List<String>, String> cases =
        Map.of(
            List.of("dev", "--all"),
            "USAGE a name, --provider, --tags and --all don't go together | use one of them",
            List.of("../x"),
            "USAGE unknown identity '../x' | configured: dev, ops/eu west, here, base",
            List.of("--provider", "x"),
            "USAGE unknown provider 'x' | configured: corp",
            List.of("--identity"),
            "USAGE picking the identity from a list needs a terminal | name one: --identity NAME");
    cases.forEach((words, failure) ->
        assertThat(CommandRun.unix().failure(LogoutCommand::new, words.toArray(String[]::new)))
            .isEqualTo(failure));
  }
}
