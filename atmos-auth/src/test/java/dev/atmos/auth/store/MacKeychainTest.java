package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.CANARY;
import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.auth.store.keyring.Keyring;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.testing.FakeServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encrypted store whose key the keychain of macOS has. */
class MacKeychainTest {
  private static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");

  private final FakeServices context = Stores.context();
  private final FakeSecurityTool tool = FakeSecurityTool.installed(context);

  @Test
  void key_isInNoArgument_andNoShellFindsAnotherTool() {
    Stores.open("system", context).write(KEY, Secret.of(CANARY));

    assertThat(Stores.open("system", context).read(KEY)).contains(Secret.of(CANARY));
    String key = tool.secrets().values().iterator().next().reveal();
    for (Processes.Program run : context.processes().runs()) {
      assertThat(String.join(" ", run.words())).doesNotContain(CANARY).doesNotContain(key);
      assertThat(run.words().getLast()).startsWith("/usr/bin/security ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "36, 'it is locked, and can''t ask for its password here'",
    "51, it was not unlocked",
    "128, it was not unlocked",
    "1, security failed with exit code 1"
  })
  void keychain_thatDoesNotAnswer_isAFailure_whichIsNotSignedOut(int exitCode, String reason) {
    Stores.open("system", context).write(KEY, Secret.of(CANARY));
    tool.failsWith(exitCode);

    assertThat(failure(ExitCode.UNAVAILABLE, () -> Stores.open("system", context).read(KEY)))
        .contains("does not answer: " + reason);

    tool.failsWith(0);
    assertThat(Stores.open("system", context).read(KEY)).contains(Secret.of(CANARY));
  }

  @Test
  void keychain_thatWaitsForAPassword_isNotWaitedFor() {
    tool.hangs();
    assertThat(
            failure(
                ExitCode.UNAVAILABLE,
                () -> Stores.open("system", context).write(KEY, Secret.of(CANARY))))
        .contains("security takes longer than 3 seconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\ndelete-keychain", "\"", ""})
  void secret_thatCouldBeACommand_isNotGivenToIt(String secret) {
    Keyring keychain = Keyring.of(context);
    assertThatThrownBy(() -> keychain.store("0".repeat(32), Secret.of(secret)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(context.processes().runs()).isEmpty();
  }
}
