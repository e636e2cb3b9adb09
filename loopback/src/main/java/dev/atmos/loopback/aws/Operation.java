package dev.atmos.loopback.aws;

/** What the stand-in can do, by the names of AWS. */
public enum Operation {
  /** EKS. */
  LIST_CLUSTERS(Api.EKS, "ListClusters"),
  /** EKS. */
  DESCRIBE_CLUSTER(Api.EKS, "DescribeCluster"),
  /** STS. */
  GET_CALLER_IDENTITY(Api.STS, "GetCallerIdentity"),
  /** STS. */
  ASSUME_ROLE(Api.STS, "AssumeRole"),
  /** STS. */
  ASSUME_ROLE_WITH_WEB_IDENTITY(Api.STS, "AssumeRoleWithWebIdentity"),
  /** STS. */
  ASSUME_ROOT(Api.STS, "AssumeRoot"),
  /** STS. */
  GET_SESSION_TOKEN(Api.STS, "GetSessionToken"),
  /** Whatever it does not know. */
  UNKNOWN(Api.NONE, "Unknown");

  /** A service: the name that its requests are signed for, and how it words its answers. */
  enum Api {
    EKS("eks", Protocol.REST_JSON),
    STS("sts", Protocol.QUERY),
    NONE("", Protocol.REST_JSON);

    private final String signingName;
    private final Protocol protocol;

    Api(String signingName, Protocol protocol) {
      this.signingName = signingName;
      this.protocol = protocol;
    }

    String signingName() {
      return signingName;
    }

    Protocol protocol() {
      return protocol;
    }
  }

  private final Api api;
  private final String action;

  Operation(Api api, String action) {
    this.api = api;
    this.action = action;
  }

  /** The operation's name at AWS, such as {@code DescribeCluster}. */
  public String action() {
    return action;
  }

  Api api() {
    return api;
  }

  Protocol protocol() {
    return api.protocol();
  }

  /** As policies name it, such as {@code eks:DescribeCluster}. */
  String permission() {
    return api.signingName() + ":" + action;
  }
}
