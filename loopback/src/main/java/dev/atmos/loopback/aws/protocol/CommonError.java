package dev.atmos.loopback.aws.protocol;

/**
 * The errors of authentication and authorization that all services have in common. Each protocol
 * has its own codes for them (section "Common Errors" of each API reference).
 */
public enum CommonError {
  MISSING_TOKEN("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
  INCOMPLETE_SIGNATURE("IncompleteSignature", "IncompleteSignatureException"),
  UNKNOWN_KEY("InvalidClientTokenId", "UnrecognizedClientException"),
  BAD_SIGNATURE("SignatureDoesNotMatch", "InvalidSignatureException"),
  EXPIRED_SESSION("ExpiredToken", "ExpiredTokenException"),
  DENIED("AccessDenied", "AccessDeniedException");

  private final String queryCode;
  private final String jsonCode;

  CommonError(String queryCode, String jsonCode) {
    this.queryCode = queryCode;
    this.jsonCode = jsonCode;
  }

  /** The error as a protocol words it. */
  public AwsException in(AwsProtocol protocol, String message) {
    // ECR answers 400 to everything.
    int status = protocol == AwsProtocol.JSON ? 400 : 403;
    return new AwsException(
        this == INCOMPLETE_SIGNATURE ? 400 : status,
        protocol == AwsProtocol.QUERY ? queryCode : jsonCode,
        message);
  }
}
