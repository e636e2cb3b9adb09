package dev.atmos.loopback.aws.protocol;

/** An error that a service answers. */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public AwsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  /** AWS's name of the error, such as {@code AccessDenied}; OAuth's, where OAuth names it. */
  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
