package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
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

/** The state machine of chains, with kinds that do as they are told. */
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

  private final FakeKinds kinds = new FakeKinds();
  private final SignInTestContext desk = kinds.desk(CONFIG);

  private AtmosException silentFailure(String identity) {
    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> desk.silent(identity));
    assertThat(failure).isNotNull();
    return failure;
  }

  private void after(Duration length) {
    desk.context().clock().advance(length);
    kinds.log.clear();
  }

  @Test
  void longChain_atFirst_makesEveryLinkOnce_andKeepsAllOfThem() {
    desk.signIn("three");

    assertThat(kinds.log)
        .containsExactly(
            "signed in token-1",
            "one of token-1 at eu-north-1",
            "two of ASIAONE1 at eu-north-1",
            "three of ASIATWO2 at eu-north-1");
    kinds.log.clear();
    assertThat(desk.silent("three").credentials().accessKeyId()).isEqualTo("ASIATHREE3");
    assertThat(desk.silent("one").credentials().accessKeyId()).isEqualTo("ASIAONE1");
    assertThat(kinds.log).isEmpty();
  }

  @Test
  void lockOrder_isFromTheEndToTheBeginning() {
    desk.signIn("one");
    after(Duration.ofHours(9));
    int before = desk.context().locks().taken().size();

    desk.silent("one");

    assertThat(
            desk.context().locks().taken().subList(before, desk.context().locks().taken().size()))
        .hasSize(2)
        .extracting(path -> path.getFileName().toString().replaceAll("[_-][0-9a-f]{64}", ""))
        .containsExactly("role.lock", "provider.lock");
  }

  @ParameterizedTest
  @CsvSource({"54, KEPT", "55, RENEWED", "59, RENEWED", "61, RENEWED"})
  void keptCredentials_afterMinutes_areUsedWhileFiveAreLeft(int minutes, Session.Origin origin) {
    desk.signIn("one");
    after(Duration.ofMinutes(minutes));

    assertThat(desk.silent("one").origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({"54, true", "55, true", "58, true", "59, false", "61, false"})
  void keptCredentials_withoutANetwork_areUsedWhileAMinuteIsLeft(int minutes, boolean used) {
    desk.signIn("one");
    kinds.roomFails = ExitCode.UNAVAILABLE;
    after(Duration.ofMinutes(minutes));

    if (used) {
      assertThat(desk.silent("one").credentials().accessKeyId()).isEqualTo("ASIAONE1");
    } else {
      assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
  }

  @Test
  void keptCredentials_whereTheSignInIsOver_areUsedToTheirEnd_butNotAtASignIn() {
    kinds.tokenLifetime = Duration.ofMinutes(30);
    kinds.renewable = false;
    desk.signIn("one");
    after(Duration.ofMinutes(57));

    assertThat(desk.silent("one").origin()).isEqualTo(Session.Origin.KEPT);
    assertThat(desk.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
  }

  @Test
  void denial_isNoReasonToUseWhatIsAboutToExpire() {
    desk.signIn("one");
    kinds.roomFails = ExitCode.DENIED;
    after(Duration.ofMinutes(57));

    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void tokenThatExpires_isRenewedWithTheStateThatWasKeptLast() {
    desk.signIn("one");
    after(Duration.ofHours(9));
    desk.silent("one");
    assertThat(kinds.log)
        .containsExactly("renewed with state-1 token-2", "one of token-2 at eu-north-1");
    after(Duration.ofHours(9));
    desk.silent("one");
    assertThat(kinds.log.get(0)).isEqualTo("renewed with state-2 token-3");
  }

  @Test
  void refusedToken_isDropped_andTheStepRepeatedOnce() {
    desk.signIn("one");
    kinds.refused.add("token-1");
    after(Duration.ofHours(2));

    desk.silent("one");

    assertThat(kinds.log)
        .containsExactly(
            "one refused token-1", "renewed with state-1 token-2", "one of token-2 at eu-north-1");
    assertThat(desk.visitor().questions()).hasSize(1);
  }

  @Test
  void everyTokenRefused_endsAfterOneRepetition() {
    desk.signIn("one");
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
    desk.signIn("one");
    kinds.refused.add("token-1");
    kinds.refused.add("token-2");
    after(Duration.ofHours(2));

    assertThat(desk.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(desk.visitor().questions()).hasSize(2);

    for (int i = 3; i < 20; i++) {
      kinds.refused.add("token-" + i);
    }
    after(Duration.ofHours(2));
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.signIn("one"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(desk.visitor().questions()).hasSize(3);
  }

  @Test
  void refusedCredentialsInTheMiddle_areMadeAnew() {
    desk.signIn("two");
    kinds.refused.add("ASIAONE1");
    kinds.roomLifetime = Duration.ofHours(2);
    desk.context().clock().advance(Duration.ofMinutes(54));
    kinds.log.clear();
    desk.silent("three");

    assertThat(kinds.log)
        .as("the credentials of two still live, and those of one aren't needed")
        .containsExactly("three of ASIATWO2 at eu-north-1");
    after(Duration.ofMinutes(1));
    desk.silent("two");
    assertThat(kinds.log)
        .containsExactly("one of token-1 at eu-north-1", "two of ASIAONE4 at eu-north-1");
  }

  @Test
  void borrowedToken_isUsed_notKept_andNotAskedForAgainWhereItIsRefused() {
    kinds.lent =
        Token.of(
            "fake", Secret.of("lent"), desk.context().clock().instant().plus(Duration.ofHours(1)));

    assertThat(desk.silent("one").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(kinds.log).containsExactly("one of lent at eu-north-1");
    kinds.refused.add("lent");
    after(Duration.ofMinutes(56));
    kinds.lent =
        Token.of(
            "fake", Secret.of("lent"), desk.context().clock().instant().plus(Duration.ofHours(1)));
    assertThat(desk.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(kinds.log)
        .containsExactly("one refused lent", "signed in token-1", "one of token-1 at eu-north-1");
  }

  @Test
  void stepThatNobodyCanTell_isNotKept_andNothingBehindItIs() {
    desk.signIn("one");
    kinds.log.clear();

    desk.silent("beyond");
    desk.silent("beyond");

    assertThat(kinds.log)
        .containsExactly(
            "vague of ASIAONE1 at eu-north-1",
            "beyond of ASIAVAGUE2 at eu-north-1",
            "vague of ASIAONE1 at eu-north-1",
            "beyond of ASIAVAGUE4 at eu-north-1");
    assertThat(desk.sessions().kept("beyond").file()).isNull();
  }

  @Test
  void identityThatAsks_isAskedAtASignInOnly() {
    kinds.roomsAsk = true;

    assertThat(silentFailure("alone").sentence())
        .isEqualTo("identity 'alone' needs a sign-in: the room is locked");
    assertThat(desk.signIn("alone").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(desk.visitor().questions()).containsExactly("key of alone");
    assertThat(desk.silent("alone").origin()).isEqualTo(Session.Origin.KEPT);
  }

  @Test
  void definitionThatChanges_neverServesWhatWasMadeBefore() {
    desk.signIn("one");
    kinds.log.clear();

    desk.config(CONFIG.replace("number: 1", "number: 9"));
    desk.silent("one");
    assertThat(kinds.log).containsExactly("one of token-1 at eu-north-1");

    desk.config(CONFIG.replace("address: here", "address: there"));
    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);

    desk.config(CONFIG);
    desk.set("ATMOS_AUTH_REALM", "acme");
    assertThat(silentFailure("one").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  @Test
  void damagedFile_isReplaced() {
    desk.signIn("one");
    Path file = desk.sessions().kept("one").file();
    desk.context().directories().write(String.valueOf(file), "[one\naws_access");

    assertThat(desk.silent("one").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(desk.silent("one").origin()).isEqualTo(Session.Origin.KEPT);
  }

  @Test
  void lockOfAnother_thatIsNotGivenBack_isToldOf_unlessTheCredentialsStillLive() {
    desk.signIn("one");
    desk.context().locks().taken().stream()
        .filter(path -> String.valueOf(path.getFileName()).startsWith("role"))
        .forEach(desk.context().locks()::heldElsewhere);

    after(Duration.ofMinutes(57));
    assertThat(desk.silent("one").origin()).isEqualTo(Session.Origin.KEPT);
    after(Duration.ofMinutes(3));
    AtmosException failure = silentFailure("one");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure.sentence()).contains("the renewal of 'one'").contains("process 1");
  }

  @Test
  void noHome_keepsNothing_andWorks() {
    FakeKinds others = new FakeKinds();
    SignInTestContext homeless = others.desk(CONFIG).set("ATMOS_KEYRING_TYPE", "");
    homeless.context().directories().withoutHome();

    assertThat(homeless.signIn("two").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(others.log).hasSize(3);
  }

  @Test
  void storeOfNothing_signsInAndForgets() {
    desk.set("ATMOS_KEYRING_TYPE", "none");

    assertThat(desk.signIn("one").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(kinds.log).hasSize(2);
    assertThat(desk.sessions().keptOfProvider("door")).isNull();
  }

  @Test
  void force_makesEverythingAnew() {
    desk.signIn("two");
    kinds.log.clear();

    desk.sessions().signIn("two", new SignInOptions(desk.visitor(), true));

    assertThat(kinds.log)
        .containsExactly(
            "signed in token-2", "one of token-2 at eu-north-1", "two of ASIAONE3 at eu-north-1");
  }

  @Test
  void kept_saysWhatIsThere_withoutMakingAnything() {
    assertThat(desk.sessions().kept("one").expiresAt()).isNull();
    desk.signIn("one");
    kinds.log.clear();

    CachedSession kept = desk.sessions().kept("one");

    assertThat(kept.expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(kept.provider()).isEqualTo("door");
    assertThat(kept.region()).isEqualTo("eu-north-1");
    assertThat(kept.profile()).isEqualTo("one");
    Path file = Objects.requireNonNull(kept.file());
    assertThat(desk.context().files().exists(file)).isTrue();
    assertThat(kinds.log).isEmpty();
  }
}
