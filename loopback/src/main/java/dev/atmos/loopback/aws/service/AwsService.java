package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.http.ServerResponse;

/** A service of AWS. */
@FunctionalInterface
public interface AwsService {
  /**
   * Performs an operation.
   *
   * @throws AwsException if that fails
   */
  ServerResponse perform(AwsCall call);
}
