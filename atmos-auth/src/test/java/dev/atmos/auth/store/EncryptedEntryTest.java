package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedEntryTest {
  private static final CredentialKey KEY = CredentialKey.of("sso-session", "0f".repeat(32));
  private static final CredentialKey OTHER = CredentialKey.of("sso-session", "1e".repeat(32));
  private static final String VALUE = "{\"accessToken\":\"canary\"}";
  private static final EntryKey RANDOM = EntryKey.ofRandom(new byte[32]);

  private static byte[] sealed() {
    return EncryptedEntry.seal("system", KEY, RANDOM, Secret.of(VALUE));
  }

  private static String open(byte[] content, CredentialKey key, EntryKey entryKey)
      throws CorruptEntryException {
    EncryptedEntry entry = EncryptedEntry.parse(content);
    entry.requireOwner("system", key);
    return entry.open(entryKey).reveal();
  }

  private static CorruptEntryException damage(
      byte[] content, CredentialKey key, EntryKey entryKey) {
    CorruptEntryException damage =
        catchThrowableOfType(CorruptEntryException.class, () -> open(content, key, entryKey));
    assertThat(damage).isNotNull();
    assertThat(damage.problem()).doesNotContain("canary");
    return damage;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /** As somebody who wants to do harm would do it: with a sum that is right. */
  private static byte[] forged(byte[] content, String what, String by) {
    String body = text(content).replaceFirst(what, by).replaceFirst("(?s)sum: .*", "");
    return bytes(body + "sum: " + Digests.sha256Hex(bytes(body)) + "\n");
  }

  @Property(tries = 200)
  void value_ofAnyText_comesBack(@ForAll String value) throws CorruptEntryException {
    String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] content = EncryptedEntry.seal("system", KEY, RANDOM, Secret.of(text));
    assertThat(open(content, KEY, RANDOM)).isEqualTo(text);
  }

  @Test
  void entry_thatIsSealedTwice_isNeverTheSame() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      nonces.add(text(sealed()).replaceAll("(?s).*\nnonce: (.*?)\n.*", "$1"));
    }
    assertThat(nonces).hasSize(100).allMatch(nonce -> nonce.length() == 16);
    assertThat(text(sealed())).doesNotContain("canary").doesNotContain("accessToken");
  }

  @Test
  void entry_withAnyBitFlipped_isDamaged() throws CorruptEntryException {
    byte[] content = sealed();
    for (int bit = 0; bit < content.length * 8; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      CorruptEntryException damage = damage(flipped, KEY, RANDOM);
      assertThat(damage.why())
          .as("bit %d: %s", bit, damage.problem())
          .isEqualTo(CorruptEntryException.Cause.DAMAGED);
    }
    assertThat(open(content, KEY, RANDOM)).isEqualTo(VALUE);
  }

  @Test
  void entry_cutOffAnywhere_isCutOff() {
    byte[] content = sealed();
    for (int length = 0; length < content.length; length++) {
      CorruptEntryException damage = damage(Arrays.copyOf(content, length), KEY, RANDOM);
      assertThat(damage.problem()).as("%d bytes", length).isEqualTo("it is cut off");
    }
  }

  @Test
  void entry_withSomethingBehindIt_isDamaged() {
    assertThat(damage(bytes(text(sealed()) + "\n"), KEY, RANDOM).problem())
        .isEqualTo("it is cut off");
  }

  @Test
  void entry_inThePlaceOfAnother_isFoundOut() {
    assertThat(damage(sealed(), OTHER, RANDOM).problem()).contains("wrong place");
    byte[] ofFile = EncryptedEntry.seal("file", KEY, RANDOM, Secret.of(VALUE));
    assertThat(damage(ofFile, KEY, RANDOM).problem()).contains("wrong place");
  }

  @Test
  void entry_withTheNameOfAnother_isForged() {
    byte[] content = forged(sealed(), KEY.id(), OTHER.id());
    assertThat(damage(content, OTHER, RANDOM).problem()).contains("tampered");
  }

  @ParameterizedTest
  @CsvSource({
    "store: system, store: syst3m, wrong place",
    "nonce: .{4}, nonce: AAAA, tampered",
    "nonce: .{4}, nonce: , aren't those of an entry",
    "nonce: .{4}, nonce: !!!!, aren't those of an entry",
    "data: .{4}, data: AAAA, tampered",
    "data: .{4}, 'data: ', tampered",
    "data: , date: , aren't those of an entry",
    "kdf: none, kdf: pbkdf2-hmac-sha256 600000 AAAAAAAAAAAAAAAAAAAAAA==, tampered",
    "kdf: none, kdf: pbkdf2-hmac-sha256 2000000000 AAAAAAAAAAAAAAAAAAAAAA==, can't be read",
    "kdf: none, kdf: pbkdf2-hmac-sha256 9999999 AAAAAAAAAAAAAAAAAAAAAA==, can't be read",
    "kdf: none, kdf: pbkdf2-hmac-sha256 2400001 AAAAAAAAAAAAAAAAAAAAAA==, can't be read",
    "kdf: none, kdf: pbkdf2-hmac-sha256 2400000 AAAAAAAAAAAAAAAAAAAAAA==, tampered",
    "kdf: none, kdf: pbkdf2-hmac-sha256 1 AAAAAAAAAAAAAAAAAAAAAA==, can't be read",
    "kdf: none, kdf: pbkdf2-hmac-sha256 600000 AA==, can't be read",
    "kdf: none, kdf: pbkdf2-hmac-sha256, can't be read",
  })
  void entry_thatSomebodyHasChanged_isDamaged(String what, String by, String problem) {
    CorruptEntryException damage = damage(forged(sealed(), what, by), KEY, RANDOM);
    assertThat(damage.problem()).contains(problem);
    assertThat(damage.why()).isEqualTo(CorruptEntryException.Cause.DAMAGED);
  }

  @ParameterizedTest
  @CsvSource({"atmos entry 1, atmos entry 2", "kdf: none, kdf: argon2id 3 65536 4 AAAA"})
  void entry_ofALaterVersion_isSaidToBeOne(String what, String by) {
    assertThat(damage(forged(sealed(), what, by), KEY, RANDOM).why())
        .isEqualTo(CorruptEntryException.Cause.OTHER_VERSION);
  }

  @Test
  void entry_ofAnotherKey_isSaidToBeOne() {
    byte[] other = new byte[32];
    other[31] = 1;
    assertThat(damage(sealed(), KEY, EntryKey.ofRandom(other)).why())
        .isEqualTo(CorruptEntryException.Cause.OTHER_KEY);
  }

  @Test
  void entry_ofAPassword_saysHowItsKeyIsMade() throws CorruptEntryException {
    KeyDerivation kdf =
        KeyDerivation.pbkdf2(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    byte[] content =
        EncryptedEntry.seal(
            "system", KEY, EntryKey.ofPassword(Secret.of("correct horse"), kdf), Secret.of(VALUE));
    assertThat(text(content))
        .contains("\nkdf: pbkdf2-hmac-sha256 600000 AQIDBAUGBwgJCgsMDQ4PEA==\n");
    EncryptedEntry entry = EncryptedEntry.parse(content);
    assertThat(entry.kdf()).isEqualTo(kdf);
    assertThat(open(content, KEY, EntryKey.ofPassword(Secret.of("correct horse"), entry.kdf())))
        .isEqualTo(VALUE);
    assertThat(
            damage(content, KEY, EntryKey.ofPassword(Secret.of("correct horsf"), entry.kdf()))
                .why())
        .isEqualTo(CorruptEntryException.Cause.OTHER_KEY);
  }

  @Property(tries = 300)
  void parse_ofAnything_neverFailsOtherwise(@ForAll String text) {
    assertThat(damage(text.getBytes(StandardCharsets.UTF_8), KEY, RANDOM).problem()).isNotBlank();
    assertThat(damage(bytes("atmos entry 1\n" + text), KEY, RANDOM).problem()).isNotBlank();
  }
}
