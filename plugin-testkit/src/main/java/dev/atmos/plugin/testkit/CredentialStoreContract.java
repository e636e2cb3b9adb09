package dev.atmos.plugin.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.base.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every credential store has to keep. A store's tests extend this class. */
public abstract class CredentialStoreContract {

  /** How long a store keeps its entries. */
  public enum Keeps {
    /** Until it is deleted: the next one who opens the store finds it. */
    FOR_GOOD,
    /** As long as the object exists. */
    FOR_THE_PROCESS,
    /** Not at all. */
    NOTHING
  }

  private static final CredentialKey KEY = CredentialKey.of("sso-session", "0f".repeat(32));
  private static final CredentialKey OTHER_ID = CredentialKey.of("sso-session", "1e".repeat(32));
  private static final CredentialKey OTHER_KIND = CredentialKey.of("sso-client", "0f".repeat(32));
  private static final CredentialKey LONGEST = CredentialKey.of("k".repeat(32), "i".repeat(96));
  private static final Secret ONE = Secret.of("contract-value-one");
  private static final Secret TWO = Secret.of("contract-value-two");

  /** Opens the store under test; every time the same one, empty at the start of each test. */
  protected abstract CredentialStore open();

  /** How long it keeps its entries. */
  protected Keeps keeps() {
    return Keeps.FOR_GOOD;
  }

  private Optional<Secret> kept(Secret value) {
    return keeps() == Keeps.NOTHING ? Optional.empty() : Optional.of(value);
  }

  @Test
  final void entry_thatIsNotThere_isEmptyAndNoFailure() {
    CredentialStore store = open();
    assertEquals(Optional.empty(), store.read(KEY));
    assertFalse(store.delete(KEY));
    assertEquals(List.of(), store.keys());
  }

  @Test
  final void entry_thatWasWritten_isReadAsItIs() {
    CredentialStore store = open();
    store.write(KEY, ONE);
    assertEquals(kept(ONE), store.read(KEY));
    assertEquals(Optional.empty(), store.read(OTHER_ID));
    assertEquals(Optional.empty(), store.read(OTHER_KIND));
  }

  @Test
  final void entry_thatIsWrittenAgain_isReplaced() {
    CredentialStore store = open();
    store.write(KEY, ONE);
    store.write(KEY, TWO);
    assertEquals(kept(TWO), store.read(KEY));
    assertEquals(keeps() == Keeps.NOTHING ? List.of() : List.of(KEY), store.keys());
  }

  @Test
  final void entry_thatIsDeleted_isGone_andOthersAreNot() {
    CredentialStore store = open();
    store.write(KEY, ONE);
    store.write(OTHER_ID, TWO);
    assertEquals(keeps() != Keeps.NOTHING, store.delete(KEY));
    assertFalse(store.delete(KEY));
    assertEquals(Optional.empty(), store.read(KEY));
    assertEquals(kept(TWO), store.read(OTHER_ID));
  }

  @Test
  final void keys_ofAllEntries_areSorted() {
    CredentialStore store = open();
    for (CredentialKey key : List.of(OTHER_ID, LONGEST, KEY, OTHER_KIND)) {
      store.write(key, ONE);
    }
    assertEquals(
        keeps() == Keeps.NOTHING ? List.of() : List.of(LONGEST, OTHER_KIND, KEY, OTHER_ID),
        store.keys());
  }

  @Test
  final void value_ofAnyText_isReadAsItIs() {
    CredentialStore store = open();
    for (String text :
        List.of(
            "",
            " ",
            "\n",
            "{\"accessToken\": \"\\u0000\"}\n",
            "a\r\nb\tc\u0000d",
            "gr\u00fc\u00dfe \u6f22\u5b57 \ud83d\ude00",
            "\ufeffbom",
            "x".repeat(100_000))) {
      store.write(KEY, Secret.of(text));
      assertEquals(kept(Secret.of(text)), store.read(KEY));
    }
  }

  @Test
  final void store_thatIsOpenedAgain_hasWhatWasWritten() {
    open().write(KEY, ONE);
    CredentialStore next = open();
    boolean there = keeps() == Keeps.FOR_GOOD;
    assertEquals(there ? Optional.of(ONE) : Optional.empty(), next.read(KEY));
    assertEquals(there ? List.of(KEY) : List.of(), next.keys());
    next.write(OTHER_ID, TWO);
    assertEquals(there ? Optional.of(TWO) : Optional.empty(), open().read(OTHER_ID));
    assertEquals(there, open().delete(KEY));
    assertEquals(Optional.empty(), open().read(KEY));
  }

  @Test
  final void store_asText_showsNoValue() {
    CredentialStore store = open();
    store.write(KEY, ONE);
    assertTrue(!store.toString().contains(ONE.reveal()), "toString shows a value");
  }
}
