package dev.atmos.loopback.aws.iam;

import dev.atmos.loopback.http.ServerRequest.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The arithmetic of AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide).
 */
public final class SigV4 {
  /** The only algorithm that the stand-ins know. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private SigV4() {}

  /**
   * The signature of a request.
   *
   * @param secret the secret access key
   * @param date as in X-Amz-Date, such as {@code 20250115T120000Z}
   * @param scope date, region, service and terminator, separated by slashes
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

  /** Whether two signatures are equal, compared in constant time. */
  public static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(utf8(one), utf8(other));
  }

  /** The query in its canonical form, without the signature itself. */
  public static String canonicalQuery(List<Parameter> query) {
    return query.stream()
        .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
        .map(parameter -> new Parameter(encode(parameter.name()), encode(parameter.value())))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }

  /** Percent-encodes everything but letters, digits and {@code -._~}. */
  public static String encode(String text) {
    return PercentCodec.RFC3986.encode(text);
  }

  /** The value of a header without surrounding blanks, and with runs of blanks folded into one. */
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
