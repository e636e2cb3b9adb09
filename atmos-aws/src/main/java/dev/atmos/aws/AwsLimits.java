package dev.atmos.aws;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for AWS. All but {@code total} are limits of one call.
 *
 * @param connect how long making a connection may take
 * @param silence how long a connection may be silent
 * @param call how long one call may take, with all of its attempts and the pauses between them
 * @param total how long all calls together may take, from when the {@link AwsClients} were made;
 *     null for no limit
 * @param attempts how often a call is tried, if another attempt may help
 * @param pause the longest pause before the second attempt, which doubles with each; ten times as
 *     long if AWS throttles
 */
public record AwsLimits(
    Duration connect,
    Duration silence,
    Duration call,
    @Nullable Duration total,
    int attempts,
    Duration pause) {

  /** Limits while kubectl waits for a token: 15 s in all. */
  public static AwsLimits ofToken() {
    return new AwsLimits(
        Duration.ofSeconds(4),
        Duration.ofSeconds(6),
        Duration.ofSeconds(12),
        Duration.ofSeconds(15),
        3,
        Duration.ofMillis(100));
  }

  /** Limits of a command that a person runs: a minute for each call. */
  public static AwsLimits ofCommand() {
    return new AwsLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        null,
        5,
        Duration.ofMillis(100));
  }

  /**
   * @throws IllegalArgumentException if a limit leaves no time, or no attempt
   */
  public AwsLimits {
    if (isNothing(connect)
        || isNothing(silence)
        || isNothing(call)
        || (total != null && isNothing(total))
        || pause.toMillis() < 1
        || attempts < 1) {
      throw new IllegalArgumentException("no time to call AWS");
    }
  }

  private static boolean isNothing(Duration length) {
    return length.isZero() || length.isNegative();
  }
}
