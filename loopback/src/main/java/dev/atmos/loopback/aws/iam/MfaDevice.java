package dev.atmos.loopback.aws.iam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A virtual MFA device, which shows a new code every 30 seconds (RFC 6238, SHA-1, six digits).
 *
 * @param serial its ARN
 * @param seed what the codes are made of
 */
public record MfaDevice(String serial, String seed) {
  private static final int STEP_SECONDS = 30;

  /** The code at this time. */
  public String code(Instant at) {
    return code(step(at));
  }

  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(seed.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      int number = hash.getInt(hash.get(19) & 0xf) & 0x7fffffff;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return serial;
  }
}
