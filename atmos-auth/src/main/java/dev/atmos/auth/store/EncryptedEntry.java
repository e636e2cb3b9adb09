package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
 * check: (8 bytes in Base64)                                     differs for a wrong password
 * nonce: (12 random bytes in Base64)
 * data: (AES-256-GCM of the value's UTF-8, with its tag of 16 bytes, in Base64)
 * sum: (SHA-256 of everything above, in hex)                     differs after accidental damage
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

  /** How long the entry of a value of so many bytes may be: Base64, and lines around it. */
  static int mostBytes(int value) {
    return value / 3 * 4 + 2048;
  }

  static byte[] seal(String store, CredentialKey key, EntryKey entryKey, Secret value) {
    byte[] nonce = EntryKey.randomBytes(NONCE_BYTES);
    Base64.Encoder base64 = Base64.getEncoder();
    String head =
        String.join(
            "\n",
            FORM + VERSION,
            "store: " + store,
            "key: " + key,
            "kdf: " + entryKey.kdf().text(),
            "check: " + entryKey.check(),
            "nonce: " + base64.encodeToString(nonce),
            "");
    byte[] data;
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, entryKey.cipherKey(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(latin(head));
      data = cipher.doFinal(value.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + CIPHER, e);
    }
    String body = head + "data: " + base64.encodeToString(data) + "\n";
    return latin(body + "sum: " + Digests.sha256Hex(latin(body)) + "\n");
  }

  /**
   * Parses an entry. One with a correct sum may still be forged, which only opening it shows.
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
      throw malformed();
    }
    return new EncryptedEntry(body, lines);
  }

  private EncryptedEntry(String body, String[] lines) throws CorruptEntryException {
    owner = field(lines[1], "store: ") + " " + field(lines[2], "key: ");
    kdf = KeyDerivation.parse(field(lines[3], "kdf: "));
    check = field(lines[4], "check: ");
    byte[] nonceBytes = base64(field(lines[5], "nonce: "));
    byte[] dataBytes = base64(field(lines[6], "data: "));
    if (nonceBytes == null || nonceBytes.length != NONCE_BYTES || dataBytes == null) {
      throw malformed();
    }
    nonce = nonceBytes;
    data = dataBytes;
    authenticated = body.substring(0, body.lastIndexOf("data: "));
  }

  private static String field(String line, String name) throws CorruptEntryException {
    if (!line.startsWith(name)) {
      throw malformed();
    }
    return line.substring(name.length());
  }

  private static CorruptEntryException malformed() {
    return CorruptEntryException.damaged("its lines aren't those of an entry");
  }

  KeyDerivation kdf() {
    return kdf;
  }

  /** Whether it was made with that key. */
  boolean isOf(EntryKey key) {
    return check.equals(key.check());
  }

  /**
   * Checks that it is the entry of its file, before the user is asked for a password.
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
          CorruptEntryException.Cause.OTHER_KEY, "it was made with another key");
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, entryKey.cipherKey(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(latin(authenticated));
      return Secret.of(new String(cipher.doFinal(data), StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      throw CorruptEntryException.damaged("it has been tampered with");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + CIPHER, e);
    }
  }

  /** The bytes of Base64; null if the text isn't Base64. */
  static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Its message shows a part of the text.
      return null;
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
