package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.CANARY;
import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The encrypted store whose key is a password. */
class FileStoreTest {
  private static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");
  private static final CredentialKey OTHER = CredentialKey.of("sso-session", "b2");
  private static final String VARIABLE = "ATMOS_KEYRING_PASSWORD";

  private final FakeServices context = Stores.context();

  private CredentialStore open() {
    return Stores.open("file", context);
  }

  private Path file(CredentialKey key) {
    return Stores.auth(context).resolve("sign-in/file").resolve(key.fileName());
  }

  @Test
  void password_thatIsWrong_isAFailure_andTheEntryStays() throws IOException {
    context.environment().set(VARIABLE, "correct horse");
    open().write(KEY, Secret.of(CANARY));
    byte[] before = Files.readAllBytes(file(KEY));
    context.environment().set(VARIABLE, "battery staple");
    assertThat(failure(ExitCode.USAGE, () -> open().read(KEY)))
        .contains("the keyring's password is not the one that")
        .contains("sso-session_a1 was made with")
        .contains("set ATMOS_KEYRING_PASSWORD to the right one");
    // One directory has one password: a typing error must not make it two.
    assertThat(failure(ExitCode.USAGE, () -> open().write(OTHER, Secret.of(CANARY))))
        .contains("is not the one that the others in its keyring were made with");
    assertThat(Stores.files(Stores.auth(context))).containsExactly("sign-in/file/sso-session_a1");
    assertThat(Files.readAllBytes(file(KEY))).isEqualTo(before);
    assertThat(open().delete(KEY)).as("needs no password").isTrue();
  }

  @Test
  void entries_ofOneDirectory_shareTheSalt() throws IOException {
    context.environment().set(VARIABLE, "correct horse");
    CredentialStore store = open();
    store.write(KEY, Secret.of(CANARY));
    store.write(OTHER, Secret.of(CANARY));
    open().write(KEY, Secret.of("new"));
    String one = Files.readString(file(KEY)).lines().skip(3).findFirst().orElseThrow();
    String other = Files.readString(file(OTHER)).lines().skip(3).findFirst().orElseThrow();
    assertThat(one).startsWith("kdf: pbkdf2-hmac-sha256 600000 ").isEqualTo(other);
  }

  @Test
  void password_thatIsTooShort_isAFailure() {
    context.environment().set(VARIABLE, "1234567");
    assertThat(failure(ExitCode.USAGE, () -> open().write(KEY, Secret.of(CANARY))))
        .contains("must have at least 8 characters | set ATMOS_KEYRING_PASSWORD");
    assertThat(Stores.files(Stores.auth(context))).isEmpty();
  }

  @Test
  void password_withNobodyToAsk_isAFailure() {
    assertThat(failure(ExitCode.USAGE, () -> open().write(KEY, Secret.of(CANARY))))
        .contains("which can't be typed here | set ATMOS_KEYRING_PASSWORD");
    assertThat(open().read(KEY)).as("what isn't there needs no password").isEmpty();
  }

  @Test
  void password_ofANewKeyring_isAskedForTwice_andLaterOnce() {
    context.terminal().type("correct horse", "correct horse");
    CredentialStore store = open();
    store.write(KEY, Secret.of(CANARY));
    assertThat(store.read(KEY)).contains(Secret.of(CANARY));
    context.terminal().type("correct horse");
    assertThat(open().read(KEY)).contains(Secret.of(CANARY));
    assertThat(context.console().said())
        .isEqualTo("Password of the keyring: \nOnce more: \nPassword of the keyring: \n");
  }

  @Test
  void password_thatIsTypedTwiceInTwoWays_isAFailure() {
    context.terminal().type("correct horse", "correct house");
    assertThat(failure(ExitCode.USAGE, () -> open().write(KEY, Secret.of(CANARY))))
        .contains("are not the same");
  }

  @Test
  void entry_thatIsDamaged_isToldOfBeforeAnybodyIsAsked() throws IOException {
    context.environment().set(VARIABLE, "correct horse");
    open().write(KEY, Secret.of(CANARY));
    Files.copy(file(KEY), file(OTHER));
    byte[] content = Files.readAllBytes(file(KEY));
    content[content.length / 2] ^= 1;
    Files.write(file(KEY), content);
    context.environment().unset(VARIABLE);
    assertThat(failure(ExitCode.FAILED, () -> open().read(KEY)))
        .contains("has been changed since it was written | sign in again");
    assertThat(failure(ExitCode.FAILED, () -> open().read(OTHER))).contains("wrong place");
    assertThat(open().keys()).containsExactly(KEY, OTHER);
  }

  @Test
  void entry_ofALaterVersion_isNotGivenUp() throws IOException {
    Path file = file(KEY);
    Files.createDirectories(file.getParent());
    String body = "atmos entry 2\nwhatever\n";
    Files.writeString(
        file,
        body
            + "sum: "
            + dev.atmos.services.system.Digests.sha256Hex(
                body.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            + "\n");
    assertThat(failure(ExitCode.USAGE, () -> open().read(KEY)))
        .contains("another version of atmos has written it");
  }
}
