package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.plugin.base.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logout: what is shown is what is done. */
class LogoutTest {
  private static final String CONFIG =
      """
      auth:
        providers:
          door: {kind: fake/door, address: here}
          back: {kind: fake/door, address: there}
        identities:
          one: {kind: fake/room, number: 1, via: {provider: door}}
          two: {kind: fake/room, number: 2, via: {identity: one}}
          other: {kind: fake/room, number: 3, via: {provider: door}}
          lone: {kind: fake/room, number: 4, via: {provider: back}}
          broken: {via: {provider: door}}
      """;

  private final ScriptedKinds kinds = new ScriptedKinds();
  private final SignInTestContext context = kinds.context(CONFIG);

  private List<String> plan(LogoutScope scope) {
    return context.sessions().plan(scope, false).steps().stream()
        .map(LogoutPlan.Step::description)
        .map(text -> text.replaceAll(" in /.*", ""))
        .toList();
  }

  private List<LogoutOutcome> run(LogoutScope scope) {
    kinds.log.clear();
    return context.sessions().logout(context.sessions().plan(scope, false));
  }

  @Test
  void identity_thatSharesItsSignIn_leavesThat() {
    context.signIn("two");
    context.signIn("other");

    assertThat(plan(new LogoutScope.OfIdentity("two")))
        .containsExactly("remove the credentials of 'two'");
    assertThat(context.sessions().plan(new LogoutScope.OfIdentity("two"), false).kept())
        .containsExactly(
            "The sign-in of 'door' stays for one, other; to end it: atmos auth logout --provider"
                + " door");
    assertThat(kinds.log).doesNotContain("revoked token-1");
    assertThat(run(new LogoutScope.OfIdentity("two"))).allMatch(each -> each.failure() == null);
    assertThat(plan(new LogoutScope.OfIdentity("two"))).isEmpty();
    assertThat(context.sessions().cached("one").expiresAt()).isNotNull();
    assertThat(context.isSignedInTo("door")).isTrue();
  }

  @Test
  void identity_thatSharesNothing_takesItsSignInAlong() {
    context.signIn("lone");

    assertThat(plan(new LogoutScope.OfIdentity("lone")))
        .containsExactly(
            "remove the credentials of 'lone'",
            "remove the sign-in of 'back' from plain files",
            "end the session of back at its provider");
    run(new LogoutScope.OfIdentity("lone"));
    assertThat(kinds.log).containsExactly("revoked token-1");
    assertThat(context.isSignedInTo("back")).isFalse();
  }

  @Test
  void provider_takesAllAlongThatGoThroughIt_andNobodyElse() {
    context.signIn("two");
    context.signIn("other");
    context.signIn("lone");

    run(new LogoutScope.OfProvider("door"));

    assertThat(kinds.log).containsExactly("revoked token-1");
    for (String gone : List.of("one", "two", "other")) {
      assertThat(context.sessions().cached(gone).expiresAt()).as(gone).isNull();
    }
    assertThat(context.sessions().cached("lone").expiresAt()).isNotNull();
    assertThat(context.isSignedInTo("back")).isTrue();
  }

  @Test
  void otherSideThatDoesNotAnswer_isTold_andEverythingIsGoneHere() {
    context.signIn("lone");
    kinds.doorFails = ExitCode.UNAVAILABLE;

    List<LogoutOutcome> outcomes = run(new LogoutScope.OfIdentity("lone"));

    assertThat(outcomes).filteredOn(each -> each.failure() != null).hasSize(1);
    assertThat(outcomes.getLast().step()).isInstanceOf(LogoutPlan.Revoke.class);
    kinds.doorFails = null;
    assertThat(plan(new LogoutScope.OfIdentity("lone"))).isEmpty();
  }

  @Test
  void all_sweepsWhatNoConfigurationRefersTo() {
    context.signIn("two");
    context.signIn("lone");
    context.config("auth: {providers: {back: {kind: fake/door, address: there}}}");

    run(new LogoutScope.All());

    assertThat(kinds.log).containsExactly("revoked token-2");
    assertThat(plan(new LogoutScope.All())).isEmpty();
    context.config(CONFIG);
    assertThat(context.sessions().cached("two").expiresAt()).isNull();
    assertThat(context.isSignedInTo("door")).isFalse();
  }

  @Test
  void tags_areAsIfEachWasSignedOutOfByItself() {
    context.signIn("two");
    context.signIn("other");
    context.signIn("lone");

    run(new LogoutScope.OfTags(List.of("two", "lone"), List.of()));

    assertThat(kinds.log).containsExactly("revoked token-2");
    assertThat(context.sessions().cached("two").expiresAt()).isNull();
    assertThat(context.sessions().cached("other").expiresAt()).isNotNull();
    assertThat(context.isSignedInTo("door")).isTrue();

    run(new LogoutScope.OfTags(List.of(), List.of("door")));

    assertThat(context.isSignedInTo("door")).isFalse();
  }

  @Test
  void signIn_inAnotherStoreThanTheOneThatIsPinnedNow_isEndedAtItsProvider() {
    context.signIn("lone");
    context.set("ATMOS_KEYRING_TYPE", "none");

    List<LogoutOutcome> outcomes = run(new LogoutScope.OfProvider("back"));

    assertThat(outcomes).allMatch(each -> each.failure() == null);
    assertThat(kinds.log).containsExactly("revoked token-1");
    context.set("ATMOS_KEYRING_TYPE", "plain");
    assertThat(context.isSignedInTo("back")).isFalse();
  }

  @Test
  void storeThatIsUnknown_isReported_andTheRestIsRemoved() {
    context.signIn("lone");
    for (LogoutScope scope : List.of(new LogoutScope.OfIdentity("lone"), new LogoutScope.All())) {
      context.set("ATMOS_KEYRING_TYPE", "plain");
      context.signIn("lone");
      context.set("ATMOS_KEYRING_TYPE", "plian");

      List<LogoutOutcome> outcomes = run(scope);

      assertThat(kinds.log)
          .as(scope.toString())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("revoked");
      context.set("ATMOS_KEYRING_TYPE", "plain");
      assertThat(context.isSignedInTo("back")).as(scope.toString()).isFalse();
      assertThat(context.sessions().cached("lone").expiresAt()).as(scope.toString()).isNull();
      boolean all = scope instanceof LogoutScope.All;
      assertThat(outcomes)
          .filteredOn(each -> each.failure() != null)
          .hasSize(all ? 1 : 0)
          .allMatch(each -> each.step().description().equals("remove what is kept in 'plian'"));
    }
  }

  @Test
  void grantThatCantBeRead_isNoSessionThatWasEnded() {
    context.signIn("lone");
    LogoutPlan plan = context.sessions().plan(new LogoutScope.OfIdentity("lone"), false);
    context.sessions().logout(plan);

    List<LogoutOutcome> again = context.sessions().logout(plan);

    assertThat(again.getLast().step()).isInstanceOf(LogoutPlan.Revoke.class);
    assertThat(again.getLast().failure()).hasMessageContaining("its stored token can't be read");
  }
}
