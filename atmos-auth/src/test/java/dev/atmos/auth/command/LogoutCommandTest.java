package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.store.StoredItem;
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
            new StoredItem.PrivateFile(run.path("/x")), "remove the credentials of dev"));
    run.context.directories().write(PROFILE + "/config", "x");
    run.context.directories().write(OTHER + "/config", "x");
    return run;
  }

  private static boolean exists(CommandRun run, String path) {
    return run.context.files().exists(run.path(path));
  }

  @Test
  void logout_ofAnIdentity_removesWhatIsItsOwn() {
    CommandRun run = signedIn().run(LogoutCommand::spec, "d");
    assertThat(run.said())
        .isEqualTo(
            "done: remove context dev\ndone: remove the credentials of dev\ndone: remove the AWS"
                + " profile in "
                + PROFILE
                + "\n");
    assertThat(run.integrations.calls()).containsExactly("removed dev");
    assertThat(run.sessions.calls()).containsExactly("plan OfIdentity[identity=dev]", "logout");
    assertThat(exists(run, PROFILE)).isFalse();
    assertThat(exists(run, OTHER)).isTrue();
    assertThat(run.answered()).isEmpty();
    assertThat(run.exitCode).isZero();
  }

  @Test
  void logout_ofAProvider_removesAllThatGoThroughIt() {
    CommandRun run = signedIn().run(LogoutCommand::spec, "--provider", "Corp");
    assertThat(run.integrations.calls()).containsExactly("removed dev", "removed ops/eu west");
    assertThat(run.sessions.calls()).contains("plan OfProvider[provider=corp]");
  }

  @Test
  void logout_ofEverything_sweepsWhatNobodyNamesAnyMore() {
    CommandRun run = signedIn().run(LogoutCommand::spec, "--all");
    assertThat(run.sessions.calls()).contains("plan All[]");
    assertThat(exists(run, OTHER)).isFalse();
  }

  @Test
  void logout_asADryRun_saysWhatItWouldDoAndDoesNothing() {
    CommandRun run = signedIn().run(LogoutCommand::spec, "dev", "--dry-run");
    assertThat(run.answered())
        .isEqualTo(
            "would remove context dev\nwould remove the credentials of dev\nwould remove the AWS"
                + " profile in "
                + PROFILE
                + "\n");
    assertThat(run.integrations.calls()).isEmpty();
    assertThat(run.sessions.calls()).doesNotContain("logout");
    assertThat(exists(run, PROFILE)).isTrue();
  }

  @Test
  void logout_whereNothingIs_saysSo() {
    assertThat(CommandRun.unix().run(LogoutCommand::spec).said()).isEqualTo("nothing to remove\n");
    CommandRun dry = CommandRun.unix().run(LogoutCommand::spec, "--dry-run");
    assertThat(dry.said()).isEqualTo("nothing to remove\n");
    assertThat(dry.answered()).isEmpty();
  }

  @Test
  void logout_thatCantTellTheOtherSide_succeeds() {
    CommandRun run = CommandRun.unix();
    run.sessions
        .steps(new LogoutPlan.Revoke("corp"))
        .logoutFails(new AtmosException(ExitCode.UNAVAILABLE, "no network"));
    run.run(LogoutCommand::spec, "--provider", "corp");
    assertThat(run.exitCode).isZero();
    assertThat(run.said())
        .startsWith(
            "atmos: warning: couldn't end the session of corp at its provider: no network\n");
  }

  @Test
  void logout_thatLeavesSomething_fails() {
    CommandRun run = signedIn();
    run.sessions.logoutFails(new AtmosException(ExitCode.FAILED, "permission denied", "be root"));
    run.run(LogoutCommand::spec, "dev");
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.said())
        .contains(
            "atmos: warning: couldn't remove the credentials of dev: permission denied; be root\n")
        .contains("done: remove context dev\n");
    assertThat(exists(run, PROFILE)).as("the rest is done").isFalse();
  }

  @Test
  void logout_whoseIntegrationIsBroken_doesTheRest() {
    CommandRun run = signedIn();
    run.integrations.broken();
    run.run(LogoutCommand::spec, "dev");
    assertThat(run.said())
        .contains("couldn't undo integration 'dev/eks': the kubeconfig is broken")
        .contains("done: remove the credentials of dev\n");
    assertThat(run.exitCode).isEqualTo(1);
  }

  @Test
  void logout_inJson_answersOnStandardOutput() {
    assertThat(signedIn().run(LogoutCommand::spec, "dev", "-o", "json", "--dry-run").answered())
        .containsSubsequence(
            "\"dry_run\": true", "\"step\": \"remove context dev\"", "\"problem\": null");
    CommandRun run = signedIn().run(LogoutCommand::spec, "dev", "-o", "json");
    assertThat(run.answered()).contains("\"dry_run\": false");
    assertThat(run.said()).isEmpty();
  }

  @Test
  void logout_inAShellThatNamesTheFiles_saysHowToForgetThem() {
    CommandRun run =
        signedIn().env("AWS_CONFIG_FILE", PROFILE + "/config").run(LogoutCommand::spec, "dev");
    assertThat(run.said()).endsWith("eval \"$(atmos auth env --unset)\"\n");
  }

  @ParameterizedTest
  @CsvSource({"ATMOS_IDENTITY, ops/eu west, ops/eu west", "X, y, dev"})
  void logout_withoutAName_isOfWhoIsMeantEverywhere(String name, String value, String identity) {
    CommandRun run = CommandRun.unix().env(name, value).run(LogoutCommand::spec);
    assertThat(run.sessions.calls()).contains("plan OfIdentity[identity=" + identity + "]");
  }

  @Test
  void failures_sayWhatToType() {
    Map<List<String>, String> cases =
        Map.of(
            List.of("dev", "--all"),
            "USAGE a name, --provider and --all don't go together | use one of them",
            List.of("../x"),
            "USAGE unknown identity '../x' | configured: dev, ops/eu west, here, base",
            List.of("--provider", "x"),
            "USAGE unknown provider 'x' | configured: corp",
            List.of("--identity"),
            "USAGE picking the identity from a list needs a terminal | name one: --identity NAME");
    cases.forEach((words, failure) ->
        assertThat(CommandRun.unix().failure(LogoutCommand::spec, words.toArray(String[]::new)))
            .isEqualTo(failure));
  }
}
