package dev.atmos.loopback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide), its arithmetic. */
public final class SigV4 {
  /** The only algorithm that there is here. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private SigV4() {}

  /**
   * The signature of a request.
   *
   * @param secret the secret access key
   * @param date as in X-Amz-Date, such as {@code 20250115T120000Z}
   * @param scope date, region, service and terminator, with slashes between
   * @param canonicalRequest the request in its canonical form
   */
  public static String signature(
      String secret, String date, String scope, String canonicalRequest) {
    String toSign = String.join("\n", ALGORITHM, date, scope, sha256(utf8(canonicalRequest)));
    byte[] key = utf8("AWS4" + secret);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  /** Percent-encodes all but letters, digits and {@code -._~}. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : utf8(text)) {
      char c = (char) (b & 0xff);
      if (GoUrl.isAsciiAlphanumeric(c) || "-._~".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** The value of a header without its outer blanks, and with one blank for inner runs of them. */
  public static String folded(String value) {
    return value.trim().replaceAll(" +", " ");
  }

  /** A digest in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
