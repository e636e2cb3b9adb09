package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state machine of chains, with kinds that a test scripts. */
class ChainRefresherTest {
  private static final String CONFIG =
      """
      auth:
        providers:
          door: {kind: fake/door, address: here, region: eu-north-1}
        identities:
          one: {kind: fake/room, number: 1, via: {provider: door}}
          two: {kind: fake/room, number: 2, via: {identity: ONE}}
          three: {kind: fake/room, number: 3, via: {identity: two}}
          alone: {kind: fake/room, number: 4}
          vague: {kind: fake/room, secretive: yes, via: {identity: one}}
          beyond: {kind: fake/room, number: 5, via: {identity: vague}}
      """;

  private final ScriptedKinds kinds = new ScriptedKinds();
  private final SignInTestContext context = kinds.context(CONFIG);

  private AtmosException silentFailure(String identity) {
    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.silent(identity));
    assertThat(failure).isNotNull();
    return failure;
  }

  private void after(Duration length) {
    context.services().clock().advance(length);
    kinds.log.clear();
  }

  @Test
  void longChain_atFirst_makesEveryLinkOnce_andCachesAllOfThem() {
    context.signIn("three");

    assertThat(kinds.log)
        .containsExactly(
            "signed in token-1",
            "one of token-1 at eu-north-1",
            "two of ASIAONE1 at eu-north-1",
            "three of ASIATWO2 at eu-north-1");
    kinds.log.clear();
    assertThat(context.silent("three").credentials().accessKeyId()).isEqualTo("ASIATHREE3");
    assertThat(context.silent("one").credentials().accessKeyId()).isEqualTo("ASIAONE1");
    assertThat(kinds.log).isEmpty();
  }

  @Test
  void lockOrder_isFromTheEndToTheBeginning() {
    context.signIn("one");
    after(Duration.ofHours(9));
    int before = context.services().locks().taken().size();

    context.silent("one");

    assertThat(
            context
                .services()
                .locks()
                .taken()
                .subList(before, context.services().locks().taken().size()))
        .hasSize(2)
        .extracting(path -> path.getFileName().toString().replaceAll("[_-][0-9a-f]{64}", ""))
        .containsExactly("identity.lock", "provider.lock");
  }

  @ParameterizedTest
  @CsvSource({"54, CACHED", "55, RENEWED", "59, RENEWED", "61, RENEWED"})
  void cachedCredentials_afterMinutes_areUsedWhileFiveAreLeft(int minutes, Session.Origin origin) {
    context.signIn("one");
    after(Duration.ofMinutes(minutes));

    assertThat(context.silent("one").origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({"54, true", "55, true", "58, true", "59, false", "61, false"})
  void cachedCredentials_withoutANetwork_areUsedWhileAMinuteIsLeft(int minutes, boolean used) {
    context.signIn("one");
    kinds.roomFails = ExitCode.UNAVAILABLE;
    after(Duration.ofMinutes(minutes));

    if (used) {
      assertThat(context.silent("one").credentials().accessKeyId()).isEqualTo("ASIAONE1");
    } else {
      assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
  }

  @Test
  void cachedCredentials_whereTheSignInIsOver_areUsedToTheirEnd_butNotAtASignIn() {
    kinds.tokenLifetime = Duration.ofMinutes(30);
    kinds.renewable = false;
    context.signIn("one");
    after(Duration.ofMinutes(57));

    assertThat(context.silent("one").origin()).isEqualTo(Session.Origin.CACHED);
    assertThat(context.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
  }

  @Test
  void denial_isNoReasonToUseWhatIsAboutToExpire() {
    context.signIn("one");
    kinds.roomFails = ExitCode.DENIED;
    after(Duration.ofMinutes(57));

    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void tokenThatExpires_isRenewedWithTheStateThatWasSavedLast() {
    context.signIn("one");
    after(Duration.ofHours(9));
    context.silent("one");
    assertThat(kinds.log)
        .containsExactly("renewed with state-1 token-2", "one of token-2 at eu-north-1");
    after(Duration.ofHours(9));
    context.silent("one");
    assertThat(kinds.log.get(0)).isEqualTo("renewed with state-2 token-3");
  }

  @Test
  void refusedToken_isDropped_andTheStepRepeatedOnce() {
    context.signIn("one");
    kinds.refused.add("token-1");
    after(Duration.ofHours(2));

    context.silent("one");

    assertThat(kinds.log)
        .containsExactly(
            "one refused token-1", "renewed with state-1 token-2", "one of token-2 at eu-north-1");
    assertThat(context.dialog().questions()).hasSize(1);
  }

  @Test
  void everyTokenRefused_endsAfterOneRepetition() {
    context.signIn("one");
    kinds.refused.add("token-1");
    kinds.refused.add("token-2");
    after(Duration.ofHours(2));

    AtmosException failure = silentFailure("one");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("identity 'one' needs a sign-in: nobody takes token-2");
    assertThat(kinds.log).hasSize(3);
  }

  @Test
  void everyTokenRefused_atASignIn_asksOnce() {
    context.signIn("one");
    kinds.refused.add("token-1");
    kinds.refused.add("token-2");
    after(Duration.ofHours(2));

    assertThat(context.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(context.dialog().questions()).hasSize(2);

    for (int i = 3; i < 20; i++) {
      kinds.refused.add("token-" + i);
    }
    after(Duration.ofHours(2));
    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.signIn("one"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(context.dialog().questions()).hasSize(3);
  }

  @Test
  void refusedCredentialsInTheMiddle_areReplaced() {
    context.signIn("two");
    kinds.refused.add("ASIAONE1");
    kinds.roomLifetime = Duration.ofHours(2);
    context.services().clock().advance(Duration.ofMinutes(54));
    kinds.log.clear();
    context.silent("three");

    assertThat(kinds.log)
        .as("the credentials of two still live, and those of one aren't needed")
        .containsExactly("three of ASIATWO2 at eu-north-1");
    after(Duration.ofMinutes(1));
    context.silent("two");
    assertThat(kinds.log)
        .containsExactly("one of token-1 at eu-north-1", "two of ASIAONE4 at eu-north-1");
  }

  @Test
  void externalToken_isUsed_notCached_andNotAskedForAgainWhereItIsRefused() {
    kinds.external =
        Token.of(
            "fake",
            Secret.of("external"),
            context.services().clock().instant().plus(Duration.ofHours(1)));

    assertThat(context.silent("one").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(kinds.log).containsExactly("one of external at eu-north-1");
    kinds.refused.add("external");
    after(Duration.ofMinutes(56));
    kinds.external =
        Token.of(
            "fake",
            Secret.of("external"),
            context.services().clock().instant().plus(Duration.ofHours(1)));
    assertThat(context.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(kinds.log)
        .containsExactly(
            "one refused external", "signed in token-1", "one of token-1 at eu-north-1");
  }

  @Test
  void stepWithoutACacheKey_isNotCached_andNothingBehindItIs() {
    context.signIn("one");
    kinds.log.clear();

    context.silent("beyond");
    context.silent("beyond");

    assertThat(kinds.log)
        .containsExactly(
            "vague of ASIAONE1 at eu-north-1",
            "beyond of ASIAVAGUE2 at eu-north-1",
            "vague of ASIAONE1 at eu-north-1",
            "beyond of ASIAVAGUE4 at eu-north-1");
    assertThat(context.sessions().cached("beyond").file()).isNull();
  }

  @Test
  void identityThatAsks_isAskedAtASignInOnly() {
    kinds.roomsAsk = true;

    assertThat(silentFailure("alone").sentence())
        .isEqualTo("identity 'alone' needs a sign-in: the room is locked");
    assertThat(context.signIn("alone").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(context.dialog().questions()).containsExactly("key of alone");
    assertThat(context.silent("alone").origin()).isEqualTo(Session.Origin.CACHED);
  }

  @Test
  void definitionThatChanges_neverServesWhatWasMadeBefore() {
    context.signIn("one");
    kinds.log.clear();

    context.config(CONFIG.replace("number: 1", "number: 9"));
    context.silent("one");
    assertThat(kinds.log).containsExactly("one of token-1 at eu-north-1");

    context.config(CONFIG.replace("address: here", "address: there"));
    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);

    context.config(CONFIG);
    context.set("ATMOS_AUTH_REALM", "acme");
    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  @Test
  void damagedFile_isReplaced() {
    context.signIn("one");
    Path file = context.sessions().cached("one").file();
    context.services().directories().write(String.valueOf(file), "[one\naws_access");

    assertThat(context.silent("one").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.silent("one").origin()).isEqualTo(Session.Origin.CACHED);
  }

  @Test
  void lockOfAnother_thatIsNotGivenBack_isReported_unlessTheCredentialsStillLive() {
    context.signIn("one");
    context.services().locks().taken().stream()
        .filter(path -> String.valueOf(path.getFileName()).startsWith("identity_"))
        .forEach(context.services().locks()::heldElsewhere);

    after(Duration.ofMinutes(57));
    assertThat(context.silent("one").origin()).isEqualTo(Session.Origin.CACHED);
    after(Duration.ofMinutes(3));
    AtmosException failure = silentFailure("one");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence()).contains("the renewal of 'one'").contains("process 1");
  }

  @Test
  void noHome_cachesNothing_andWorks() {
    ScriptedKinds others = new ScriptedKinds();
    SignInTestContext homeless = others.context(CONFIG).set("ATMOS_KEYRING_TYPE", "");
    homeless.services().directories().withoutHome();

    assertThat(homeless.signIn("two").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(others.log).hasSize(3);
  }

  @Test
  void homeThatCantBeWritten_isLikeNone_untilASignInHasToBeKept() {
    context.services().locks().refuse("permission denied");

    assertThat(context.silent("alone").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.sessions().cached("alone").expiresAt()).isNull();
    assertThatThrownBy(() -> context.signIn("one")).hasMessageContaining("can't keep a sign-in");
    assertThat(kinds.log).containsExactly("alone of nothing at -");
  }

  @Test
  void homeThatCantBeWrittenAnyMore_spendsNoSavedState() {
    context.signIn("one");
    after(Duration.ofHours(9));
    context.services().locks().refuse("permission denied");

    assertThat(silentFailure("one").sentence()).contains("can't keep a sign-in");
    assertThat(kinds.log).isEmpty();
  }

  @Test
  void storeOfNothing_signsInAndForgets() {
    context.set("ATMOS_KEYRING_TYPE", "none");

    assertThat(context.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(kinds.log).hasSize(2);
    assertThat(context.isSignedInTo("door")).isFalse();
  }

  @Test
  void force_makesEverythingAgain() {
    context.signIn("two");
    kinds.log.clear();

    context.sessions().signIn("two", new SignInOptions(context.dialog(), true));

    assertThat(kinds.log)
        .containsExactly(
            "signed in token-2", "one of token-2 at eu-north-1", "two of ASIAONE3 at eu-north-1");
  }

  @Test
  void cached_saysWhatIsThere_withoutMakingAnything() {
    assertThat(context.sessions().cached("one").expiresAt()).isNull();
    context.signIn("one");
    kinds.log.clear();

    CachedSession cached = context.sessions().cached("one");

    assertThat(cached.expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(cached.provider()).isEqualTo("door");
    assertThat(cached.region()).isEqualTo("eu-north-1");
    assertThat(cached.profile()).isEqualTo("one");
    Path file = Objects.requireNonNull(cached.file());
    assertThat(context.services().files().exists(file)).isTrue();
    assertThat(kinds.log).isEmpty();
  }
}
