package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Answer;

/** One of AWS's. */
interface Service {
  /**
   * Does what is asked.
   *
   * @throws AwsException if it can't be done
   */
  Answer perform(Call call);
}
