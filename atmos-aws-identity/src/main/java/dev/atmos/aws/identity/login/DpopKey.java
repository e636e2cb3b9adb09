package dev.atmos.aws.identity.login;

import dev.atmos.plugin.base.Secret;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A key that refresh tokens are bound to: each request proves that its sender has the key.
 *
 * @param privateKey PKCS #8, in base64
 * @param publicKey X.509, in base64
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449">RFC 9449, DPoP</a>
 */
record DpopKey(Secret privateKey, String publicKey) {
  private static final int COORDINATE_BYTES = 32;

  /** A new key. */
  static DpopKey random() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new DpopKey(
          Secret.of(Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())),
          Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The proof for one request (section 4.2).
   *
   * @throws IllegalArgumentException if this isn't a key
   */
  Secret proof(String method, URI uri, Instant now) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      Base64.Decoder base64 = Base64.getDecoder();
      PrivateKey signing =
          factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(privateKey.reveal())));
      ECPublicKey shown =
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(base64.decode(publicKey)));
      // No value below has a character that JSON escapes.
      String header =
          "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
              + coordinate(shown.getW().getAffineX())
              + "\",\"y\":\""
              + coordinate(shown.getW().getAffineY())
              + "\"}}";
      String claims =
          "{\"htm\":\""
              + method
              + "\",\"htu\":\""
              + uri
              + "\",\"iat\":"
              + now.getEpochSecond()
              + ",\"jti\":\""
              + UUID.randomUUID()
              + "\"}";
      String signed = base64(ascii(header)) + "." + base64(ascii(claims));
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(signing);
      signature.update(ascii(signed));
      return Secret.of(signed + "." + base64(signature.sign()));
    } catch (GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException("not a key of P-256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 7518, section 6.2.1.2: as many bytes as the curve's numbers have. */
  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    // Without the byte of the sign, with the zeros before.
    byte[] digits =
        Arrays.copyOfRange(bytes, Math.max(0, bytes.length - fixed.length), bytes.length);
    System.arraycopy(digits, 0, fixed, fixed.length - digits.length, digits.length);
    return base64(fixed);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
