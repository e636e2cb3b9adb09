package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.CANARY;
import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInStateTest {
  private static final CredentialKey KEY = CredentialKey.of("sso-session", "a1");
  private static final CredentialKey OTHER = CredentialKey.of("sso-session", "b2");
  private static final String PIN = "ATMOS_KEYRING_TYPE";

  private final FakeServices context = Stores.context();
  private final FakeSecretTool tool = FakeSecretTool.installed(context);

  private SignInState open() {
    return new SignInState(context, true);
  }

  private StoredItems items() {
    return new StoredItems(context, new RoleCredentialFiles(context), open());
  }

  private List<String> files() {
    return Stores.files(Stores.auth(context));
  }

  @Test
  void firstSignIn_whereAKeyringAnswers_isKeptWithIt_withoutAWord() {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(open().read(KEY)).contains(Secret.of(CANARY));
    assertThat(context.console().said()).isEmpty();
    assertThat(files())
        .containsExactly(
            "sign-in/key-name",
            "sign-in/store",
            "sign-in/stores/sso-session_a1",
            "sign-in/system/sso-session_a1");
  }

  @ParameterizedTest
  @EnumSource(value = FakeSecretTool.State.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWERS")
  void firstSignIn_whereNoKeyringAnswers_isKeptInPlainFiles_andThatIsSaidOnce(
      FakeSecretTool.State state) {
    if (state == FakeSecretTool.State.LOCKED) {
      // Somebody else's key under that name makes no difference.
      tool.secrets().clear();
    }
    tool.is(state);
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(context.console().said())
        .startsWith("No keyring answers (")
        .contains(
            "). Sign-ins are kept in files that only you can read, in"
                + " /home/dev/.local/state/atmos/auth/sign-in/plain;")
        .hasLineCount(1);
    int asked = tool.asked().size();
    tool.is(FakeSecretTool.State.ANSWERS);
    open().write(OTHER, Secret.of("x"), SignInRecords.Times.NONE);
    open().write(KEY, Secret.of("y"), SignInRecords.Times.NONE);
    assertThat(open().read(KEY)).contains(Secret.of("y"));
    assertThat(context.console().said()).hasLineCount(1);
    assertThat(tool.asked()).as("not guessed again").hasSize(asked);
    assertThat(files())
        .contains("sign-in/plain/sso-session_a1", "sign-in/plain/sso-session_b2")
        .noneMatch(file -> file.startsWith("sign-in/system"));
  }

  @Test
  void keyring_thatAnsweredAtTheDesk_andDoesNotOverSsh_isNotSignedOut() {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    tool.is(FakeSecretTool.State.NO_BUS);
    assertThat(failure(ExitCode.UNAVAILABLE, () -> open().read(KEY))).contains("over SSH");
    assertThat(
            failure(
                ExitCode.UNAVAILABLE,
                () -> open().write(OTHER, Secret.of("x"), SignInRecords.Times.NONE)))
        .contains("does not answer");
    assertThat(context.console().said()).as("and nothing falls back").isEmpty();
    assertThat(files()).doesNotContain("sign-in/plain/sso-session_b2");
    assertThat(open().read(CredentialKey.of("sso-session", "c3"))).isEmpty();
    // What the failure says to do works.
    context.environment().set(PIN, "plain");
    open().write(KEY, Secret.of("y"), SignInRecords.Times.NONE);
    assertThat(open().read(KEY)).contains(Secret.of("y"));
    assertThat(files())
        .contains("sign-in/plain/sso-session_a1")
        .doesNotContain("sign-in/system/sso-session_a1");
    context.environment().unset(PIN);
    assertThat(open().read(KEY)).as("recorded").contains(Secret.of("y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "file"})
  void pinnedStore_thatCantBeUsed_isAFailure_andNothingFallsBack(String type) {
    tool.is(FakeSecretTool.State.NO_BUS);
    context.environment().set(PIN, type);
    failure(
        type.equals("file") ? ExitCode.USAGE : ExitCode.UNAVAILABLE,
        () -> open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE));
    assertThat(files()).isEmpty();
    assertThat(open().read(KEY)).isEmpty();
    // Nothing of the failed attempt counts once nothing is pinned.
    context.environment().unset(PIN);
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(files()).contains("sign-in/plain/sso-session_a1");
  }

  @Test
  void pinnedStore_ofTheConfiguration_isUsed_andTheVariableWins() {
    context.withConfig(YamlConfig.root("auth: {keyring: {type: plain}}"));
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(files()).contains("sign-in/plain/sso-session_a1").doesNotContain("sign-in/store");
    context.environment().set(PIN, "memory");
    SignInState state = open();
    assertThat(state.read(KEY)).isEmpty();
    state.write(OTHER, Secret.of("x"), SignInRecords.Times.NONE);
    assertThat(state.read(OTHER)).contains(Secret.of("x"));
    assertThat(open().read(OTHER)).isEmpty();
    assertThat(files()).noneMatch(file -> file.contains("b2"));
  }

  @Test
  void pinnedStore_thatNobodyHas_isAFailureThatListsThem() {
    context.environment().set(PIN, "sytem");
    assertThat(failure(ExitCode.USAGE, () -> open().read(KEY)))
        .isEqualTo(
            "ATMOS_KEYRING_TYPE names no store: 'sytem'"
                + " | known: file, memory, none, plain, system");
  }

  @Test
  void recordedStore_thatNoPluginHasAnyMore_isAFailure() throws IOException {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    Files.writeString(Stores.auth(context).resolve("sign-in/stores/sso-session_a1"), "vault\n");
    Files.delete(Stores.auth(context).resolve("sign-in/system/sso-session_a1"));
    assertThat(failure(ExitCode.PLUGIN, () -> open().read(KEY)))
        .isEqualTo("a sign-in is kept in the store 'vault', which no plugin supplies");
  }

  @ParameterizedTest
  @ValueSource(strings = {"systen\n", "sys\0em\n", "", "system\0\n", "qystem\n"})
  void record_thatIsDamaged_keepsNothingFromBeingRemoved(String record) throws IOException {
    for (String pin : List.of("", "plain")) {
      context.environment().set(PIN, pin);
      open().write(pin.isEmpty() ? KEY : OTHER, Secret.of(CANARY), SignInRecords.Times.NONE);
    }
    context.environment().unset(PIN);
    for (String name : List.of("store", "stores/sso-session_a1", "stores/sso-session_b2")) {
      Files.writeString(Stores.auth(context).resolve("sign-in").resolve(name), record);
    }
    Files.writeString(Stores.auth(context).resolve("sign-in/stores/sso-session_c3"), "");

    for (StoredItem item : items().all()) {
      assertThat(items().remove(item)).as("%s", item).isTrue();
    }

    assertThat(files()).isEmpty();
    assertThat(tool.secrets()).isEmpty();
  }

  @Test
  void record_thatNamesNoStore_isPassedOverForWhereTheEntryIs() throws IOException {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    Files.writeString(Stores.auth(context).resolve("sign-in/stores/sso-session_a1"), "systen\n");
    Files.writeString(Stores.auth(context).resolve("sign-in/store"), "systen\n");

    assertThat(open().read(KEY)).contains(Secret.of(CANARY));
    open().write(KEY, Secret.of("again"), SignInRecords.Times.NONE);
    open().write(OTHER, Secret.of("other"), SignInRecords.Times.NONE);

    assertThat(open().read(KEY)).contains(Secret.of("again"));
    assertThat(files()).contains("sign-in/system/sso-session_b2");
  }

  @Test
  void passwordStore_whereNobodyMayBeAsked_isAFailure_withATerminalToo() {
    context.environment().set(PIN, "file");
    context.terminal().type("correct horse", "correct horse");
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    context.terminal().type("correct horse");
    assertThat(failure(ExitCode.USAGE, () -> new SignInState(context, false).read(KEY)))
        .contains("which can't be typed here");
    assertThat(open().read(KEY)).contains(Secret.of(CANARY));
  }

  @Test
  void everything_isListed_removed_andThenNothingIsLeft() throws IOException {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    context.environment().set(PIN, "plain");
    open().write(OTHER, Secret.of(CANARY), SignInRecords.Times.NONE);
    context.environment().unset(PIN);
    Files.writeString(Stores.auth(context).resolve("sign-in/plain/.atmos-123.tmp"), CANARY);
    List<StoredItem> items = items().all();
    assertThat(items)
        .containsExactly(
            new StoredItem.SignIn(KEY, "system"),
            new StoredItem.SignIn(OTHER, "plain"),
            new StoredItem.PrivateFile(
                Stores.auth(context).resolve("sign-in/plain/.atmos-123.tmp")),
            new StoredItem.Choice("system"));
    assertThat(items().all()).as("listing changes nothing").isEqualTo(items);
    // Without a keyring: what is encrypted can be thrown away unread.
    tool.is(FakeSecretTool.State.NO_BUS);
    assertThat(items().remove(items.get(0))).isTrue();
    assertThat(items().remove(items.get(0))).isFalse();
    tool.is(FakeSecretTool.State.ANSWERS);
    for (StoredItem item : items.subList(1, 4)) {
      assertThat(items().remove(item)).as("%s", item).isTrue();
    }
    assertThat(files()).isEmpty();
    assertThat(tool.secrets()).isEmpty();
    assertThat(items().all()).isEmpty();
  }

  @Test
  void choice_whoseKeyringDoesNotAnswer_staysListed() {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    tool.is(FakeSecretTool.State.HANGS);
    failure(ExitCode.UNAVAILABLE, () -> items().remove(new StoredItem.Choice("system")));
    assertThat(items().all()).contains(new StoredItem.Choice("system"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void process_withoutAHome_keepsWhatItNeedsUntilItsEnd(boolean windows) {
    FakeFiles files = (windows ? FakeFiles.windows() : FakeFiles.unix()).withoutHome();
    FakeServices homeless = Stores.context(files);
    SignInState state = new SignInState(homeless, true);
    state.write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(state.read(KEY)).contains(Secret.of(CANARY));
    StoredItems items = new StoredItems(homeless, new RoleCredentialFiles(homeless), state);
    assertThat(items.all()).isEmpty();
    assertThat(items.remove(new StoredItem.SignIn(KEY, "memory"))).isTrue();
    assertThat(items.remove(new StoredItem.Choice("plain"))).isFalse();
    homeless.environment().set(PIN, "plain");
    assertThat(failure(ExitCode.USAGE, () -> new SignInState(homeless, true).read(KEY)))
        .contains("a keyring of type plain needs a home directory, and this process has none");
  }

  @Test
  void directoryOfTheFileStore_isTakenFromTheConfiguration() throws IOException {
    context.environment().set(PIN, "file").set("MY_PASSWORD", "correct horse");
    context.withConfig(
        YamlConfig.root(
            "auth: {keyring: {spec: {path: ~/keys/x.json, password_env: MY_PASSWORD}}}"));
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(Stores.files(context.directories().home().orElseThrow().resolve("keys")))
        .containsExactly("sso-session_a1");
    context
        .environment()
        .set("ATMOS_KEYRING_FILE_PATH", "elsewhere")
        .set("ATMOS_KEYRING_PASSWORD_ENV", "MY_PASSWORD");
    open().write(OTHER, Secret.of(CANARY), SignInRecords.Times.NONE);
    assertThat(Stores.files(context.directories().path("elsewhere")))
        .containsExactly("sso-session_b2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0",
        "SYSTEM",
        "../../x",
        "system plain",
        "9",
        "plain\nplain\nplain\nplain\nplain\nplain\nplain\nplain\nplain\nplain\nplain\nplain"
      })
  void record_thatIsGarbage_isNone(String content) throws IOException {
    open().write(KEY, Secret.of(CANARY), SignInRecords.Times.NONE);
    for (String name : List.of("store", "stores/sso-session_a1")) {
      Files.writeString(Stores.auth(context).resolve("sign-in").resolve(name), content);
    }
    assertThat(open().read(KEY)).isEmpty();
    open().write(KEY, Secret.of("again"), SignInRecords.Times.NONE);
    assertThat(open().read(KEY)).contains(Secret.of("again"));
  }
}
