package dev.atmos.aws;

import java.io.IOException;

/** A connection failed, and another attempt may succeed. The message names the host. */
final class ConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionException(String message, IOException cause) {
    super(message, cause);
  }
}
