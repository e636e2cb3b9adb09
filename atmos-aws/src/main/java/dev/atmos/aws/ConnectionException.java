package dev.atmos.aws;

import java.io.IOException;

/** A connection failed, which another one may not. The message says to where. */
final class ConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionException(String message, IOException cause) {
    super(message, cause);
  }
}
