package dev.atmos.loopback.aws;

/** What is wrong with who asks. Each protocol has its own name for it. */
enum Refusal {
  MISSING_TOKEN("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
  INCOMPLETE_SIGNATURE("IncompleteSignature", "IncompleteSignatureException"),
  UNKNOWN_KEY("InvalidClientTokenId", "UnrecognizedClientException"),
  BAD_SIGNATURE("SignatureDoesNotMatch", "InvalidSignatureException"),
  EXPIRED_SESSION("ExpiredToken", "ExpiredTokenException"),
  DENIED("AccessDenied", "AccessDeniedException");

  private final String queryCode;
  private final String jsonCode;

  Refusal(String queryCode, String jsonCode) {
    this.queryCode = queryCode;
    this.jsonCode = jsonCode;
  }

  AwsException in(Protocol protocol, String message) {
    // ECR and its like answer 400 to everything.
    int status = protocol == Protocol.JSON ? 400 : 403;
    return new AwsException(
        this == INCOMPLETE_SIGNATURE ? 400 : status,
        protocol == Protocol.QUERY ? queryCode : jsonCode,
        message);
  }
}
