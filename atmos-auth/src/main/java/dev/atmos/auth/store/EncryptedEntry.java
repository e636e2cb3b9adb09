package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of an encrypted entry: ASCII lines, each ended by a line feed.
 *
 * <pre>
 * atmos entry 1
 * store: file
 * key: sso-session/3f1c...
 * kdf: pbkdf2-hmac-sha256 600000 (salt, 16 bytes in Base64)      or: none
 * check: (8 bytes in Base64)                                     tells a wrong password from damage
 * nonce: (12 random bytes in Base64)
 * data: (AES-256-GCM of the value's UTF-8, with its tag of 16 bytes, in Base64)
 * sum: (SHA-256 of everything above, in hex)                     tells damage from forgery
 * </pre>
 *
 * <p>Everything above {@code data} is authenticated with it, so that an entry can't be passed off
 * for another one, or for one of another store or version.
 *
 * @see <a href="https://doi.org/10.6028/NIST.SP.800-38D">NIST SP 800-38D, GCM</a>
 */
final class EncryptedEntry {
  private static final String FORM = "atmos entry ";
  private static final String VERSION = "1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String authenticated;
  private final String owner;
  private final KeyDerivation kdf;
  private final String check;
  private final byte[] nonce;
  private final byte[] data;

  private EncryptedEntry(
      String authenticated,
      String owner,
      KeyDerivation kdf,
      String check,
      byte[] nonce,
      byte[] data) {
    this.authenticated = authenticated;
    this.owner = owner;
    this.kdf = kdf;
    this.check = check;
    this.nonce = nonce;
    this.data = data;
  }

  static byte[] seal(
      String store, CredentialKey key, EntryKey entryKey, Secret value, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Base64.Encoder base64 = Base64.getEncoder();
    String head =
        FORM
            + VERSION
            + "\nstore: "
            + store
            + "\nkey: "
            + key
            + "\nkdf: "
            + entryKey.kdf().text()
            + "\ncheck: "
            + entryKey.check()
            + "\nnonce: "
            + base64.encodeToString(nonce)
            + "\n";
    byte[] data;
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, entryKey.cipherKey(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ascii(head));
      data = cipher.doFinal(value.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + CIPHER, e);
    }
    String body = head + "data: " + base64.encodeToString(data) + "\n";
    return ascii(body + "sum: " + Digests.sha256Hex(ascii(body)) + "\n");
  }

  /**
   * Takes an entry apart. What is found to be whole may still be forged; only opening it tells.
   *
   * @throws CorruptEntryException if it is cut off, changed by accident, or of another version
   */
  static EncryptedEntry parse(byte[] content) throws CorruptEntryException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int sum = text.lastIndexOf("\nsum: ") + 1;
    if (!text.startsWith(FORM)) {
      throw CorruptEntryException.damaged(
          FORM.startsWith(text) ? "it is cut off" : "it doesn't begin like an entry");
    }
    if (!text.endsWith("\n") || sum == 0 || text.length() != sum + "sum: ".length() + 65) {
      throw CorruptEntryException.damaged("it is cut off");
    }
    String body = text.substring(0, sum);
    if (!text.startsWith(Digests.sha256Hex(latin(body)), sum + "sum: ".length())) {
      throw CorruptEntryException.damaged("it has been changed since it was written");
    }
    String[] lines = body.split("\n", -1);
    if (!lines[0].equals(FORM + VERSION)) {
      throw new CorruptEntryException(
          CorruptEntryException.Cause.OTHER_VERSION, "another version of atmos has written it");
    }
    if (lines.length != 8) {
      throw CorruptEntryException.damaged("its lines aren't those of an entry");
    }
    String store = field(lines[1], "store: ");
    String key = field(lines[2], "key: ");
    KeyDerivation kdf = KeyDerivation.parse(field(lines[3], "kdf: "));
    String check = field(lines[4], "check: ");
    byte[] nonce = base64(field(lines[5], "nonce: "));
    byte[] data = base64(field(lines[6], "data: "));
    if (nonce == null || nonce.length != NONCE_BYTES || data == null) {
      throw CorruptEntryException.damaged("its lines aren't those of an entry");
    }
    String authenticated = body.substring(0, body.lastIndexOf("data: "));
    return new EncryptedEntry(authenticated, store + " " + key, kdf, check, nonce, data);
  }

  private static String field(String line, String name) throws CorruptEntryException {
    if (!line.startsWith(name)) {
      throw CorruptEntryException.damaged("its lines aren't those of an entry");
    }
    return line.substring(name.length());
  }

  KeyDerivation kdf() {
    return kdf;
  }

  /** Whether it was made with that key. */
  boolean isOf(EntryKey key) {
    return check.equals(key.check());
  }

  /**
   * Asks whether it is what its file says, before anybody is asked for a password.
   *
   * @throws CorruptEntryException if it is the entry of another key or store
   */
  void requireOwner(String store, CredentialKey key) throws CorruptEntryException {
    if (!owner.equals(store + " " + key)) {
      throw CorruptEntryException.damaged("it is the entry of something else, in the wrong place");
    }
  }

  /**
   * The value.
   *
   * @throws CorruptEntryException if it needs another key, or is forged
   */
  Secret open(EntryKey entryKey) throws CorruptEntryException {
    if (!isOf(entryKey)) {
      throw new CorruptEntryException(
          CorruptEntryException.Cause.OTHER_KEY, "it was made with another one");
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, entryKey.cipherKey(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(latin(authenticated));
      return Secret.of(new String(cipher.doFinal(data), StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      throw CorruptEntryException.damaged("somebody has tampered with it");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + CIPHER, e);
    }
  }

  /** Null if it is no Base64. */
  static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // It would say where, and of what.
      return null;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
