package dev.atmos.aws;

import dev.atmos.plugin.auth.StepRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for AWS. All but {@code total} are limits of one call.
 *
 * @param connect how long making a connection may take
 * @param answer how long an answer may take, from the first byte that is sent to the last one
 *     received
 * @param call how long one call may take, with all of its attempts and the pauses between them
 * @param total how long all calls together may take, from when the {@link AwsClients} were made;
 *     null for no limit
 * @param attempts how often a call is tried, if another attempt may help
 * @param pause the longest pause before the second attempt, which doubles with each; ten times as
 *     long if AWS throttles
 */
public record AwsLimits(
    Duration connect,
    Duration answer,
    Duration call,
    @Nullable Duration total,
    int attempts,
    Duration pause) {

  /**
   * @throws IllegalArgumentException if a limit leaves no time, or no attempt
   */
  public AwsLimits {
    if (!connect.isPositive()
        || !answer.isPositive()
        || !call.isPositive()
        || (total != null && !total.isPositive())
        || pause.toMillis() < 1
        || attempts < 1) {
      throw new IllegalArgumentException("no time to call AWS");
    }
  }

  /** Limits while kubectl waits for a token: 20 s for a call, all of which one answer may take. */
  public static AwsLimits ofToken() {
    return ofSeconds(5, 20, 20, 3).within(Duration.ofSeconds(60));
  }

  /** Limits of a command that a person runs: a minute for each call. */
  public static AwsLimits ofCommand() {
    return ofSeconds(10, 20, 60, 5);
  }

  /** Limits of many calls in a row, some of which AWS throttles. */
  public static AwsLimits ofMany() {
    return ofSeconds(10, 20, 60, 10);
  }

  /** Limits of a logout: 3 s, and one attempt. */
  public static AwsLimits ofLogout() {
    return ofSeconds(3, 3, 3, 1).within(Duration.ofSeconds(3));
  }

  /**
   * Limits of one step of a chain. While a person signs in, all calls together have no limit:
   * polling goes on for as long as the person takes.
   */
  public static AwsLimits ofStep(StepRequest request) {
    if (request.dialog().isPresent()) {
      return ofCommand();
    }
    return ofToken().within(request.timeLeft());
  }

  /** The limits of one call, so many times as long. */
  AwsLimits stretched(int times) {
    return new AwsLimits(
        Duration.ofMillis(times * connect.toMillis()),
        Duration.ofMillis(times * answer.toMillis()),
        Duration.ofMillis(times * call.toMillis()),
        total,
        attempts,
        pause);
  }

  private static AwsLimits ofSeconds(int connect, int answer, int call, int attempts) {
    return new AwsLimits(
        Duration.ofSeconds(connect),
        Duration.ofSeconds(answer),
        Duration.ofSeconds(call),
        null,
        attempts,
        Duration.ofMillis(100));
  }

  private AwsLimits within(Duration limit) {
    return new AwsLimits(connect, answer, call, limit, attempts, pause);
  }
}
