package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.CANARY;
import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encrypted store whose key the keyring has. */
class SystemStoreTest {
  private static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");
  private static final CredentialKey OTHER = CredentialKey.of("sso-session", "b2");

  private final FakeServices context = Stores.context();
  private final FakeSecretTool tool = FakeSecretTool.installed(context);

  private CredentialStore open() {
    return Stores.open("system", context);
  }

  @Test
  void key_isMadeOnce_andAskedForOnceByAProcess() {
    CredentialStore first = open();
    assertThat(tool.asked()).as("nothing is needed yet").isEmpty();
    first.write(KEY, Secret.of(CANARY));
    assertThat(tool.asked()).containsExactly("store", "lookup");
    first.write(OTHER, Secret.of("x"));
    first.read(KEY);
    assertThat(tool.asked()).hasSize(2);
    CredentialStore next = open();
    assertThat(next.read(KEY)).contains(Secret.of(CANARY));
    assertThat(next.read(OTHER)).contains(Secret.of("x"));
    assertThat(tool.asked()).hasSize(3).endsWith("lookup");
    assertThat(tool.secrets()).hasSize(1);
    String key = tool.secrets().values().iterator().next().reveal();
    assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    assertThat(Stores.files(Stores.auth(context)))
        .containsExactly(
            "sign-in/key-name", "sign-in/system/sso-session_a1", "sign-in/system/sso-session_b2");
  }

  @Test
  void secrets_areInNoArgument() {
    open().write(KEY, Secret.of(CANARY));
    open().read(KEY);
    String key = tool.secrets().values().iterator().next().reveal();
    for (Processes.Program run : context.processes().runs()) {
      assertThat(String.join(" ", run.words())).doesNotContain(CANARY).doesNotContain(key);
      assertThat(run.variables()).isEmpty();
      assertThat(run.limit()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NO_BUS, secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY",
    "HANGS, secret-tool takes longer than 3 seconds",
    "LOCKED, secret-tool takes longer than 3 seconds"
  })
  void keyring_thatDoesNotAnswer_isAFailure_whichIsNotSignedOut(
      FakeSecretTool.State state, String reason) {
    open().write(KEY, Secret.of(CANARY));
    tool.is(state);
    CredentialStore store = open();
    int before = tool.asked().size();
    String said = failure(ExitCode.UNAVAILABLE, () -> store.read(KEY));
    assertThat(said)
        .contains("does not answer: " + reason)
        .contains("ATMOS_KEYRING_TYPE=plain")
        .contains("over SSH");
    int asked = tool.asked().size();
    assertThat(asked - before).isLessThanOrEqualTo(2);
    assertThat(failure(ExitCode.UNAVAILABLE, () -> store.read(KEY))).isEqualTo(said);
    assertThat(failure(ExitCode.UNAVAILABLE, () -> store.write(KEY, Secret.of("x"))))
        .isEqualTo(said);
    assertThat(tool.asked()).as("waited for once").hasSize(asked);
    assertThat(store.read(OTHER)).as("what isn't there needs no key").isEmpty();
    assertThat(store.keys()).containsExactly(KEY);
    tool.is(FakeSecretTool.State.ANSWERS);
    assertThat(open().read(KEY)).as("nothing is lost").contains(Secret.of(CANARY));
  }

  @Test
  void tool_thatIsNotInstalled_isAFailure() {
    FakeServices bare = Stores.context();
    assertThat(
            failure(
                ExitCode.UNAVAILABLE,
                () -> Stores.open("system", bare).write(KEY, Secret.of(CANARY))))
        .contains("secret-tool of libsecret is not installed")
        .contains("secret-tool of libsecret is not installed");
    assertThat(Stores.files(Stores.auth(bare))).isEmpty();
  }

  @Test
  void keyring_thatForgetsAtOnce_isNotReliedOn() {
    tool.is(FakeSecretTool.State.FORGETS);
    assertThat(failure(ExitCode.UNAVAILABLE, () -> open().write(KEY, Secret.of(CANARY))))
        .contains("does not keep what it is given");
    assertThat(Stores.files(Stores.auth(context))).isEmpty();
  }

  @Test
  void keyring_thatHasLostTheKey_meansSigningInAgain() {
    open().write(KEY, Secret.of(CANARY));
    tool.secrets().clear();
    assertThat(failure(ExitCode.FAILED, () -> open().read(KEY)))
        .contains("no longer has the key")
        .contains("sign in again: atmos auth login");
    open().write(OTHER, Secret.of("x"));
    assertThat(open().read(OTHER)).contains(Secret.of("x"));
    assertThat(failure(ExitCode.FAILED, () -> open().read(KEY)))
        .contains("it was made with another key than the keyring has");
    open().write(KEY, Secret.of("again"));
    assertThat(open().read(KEY)).contains(Secret.of("again"));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "$(touch x)aaaaaaaaaaaaaaaaaaaaaa",
    "zz",
    "'; rm -rf / #aaaaaaaaaaaaaaaaaaaaa'"
  })
  void name_thatSomebodyHasChanged_neverReachesTheShell(String name) throws IOException {
    open().write(KEY, Secret.of(CANARY));
    Path file = Stores.auth(context).resolve("sign-in/key-name");
    Files.writeString(file, name);
    assertThat(failure(ExitCode.FAILED, () -> open().read(KEY))).contains("no longer has the key");
  }
}
