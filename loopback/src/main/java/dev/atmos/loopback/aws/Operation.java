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
  /** SSO OIDC. */
  REGISTER_CLIENT(Api.SSO_OIDC, "RegisterClient"),
  /** SSO OIDC. */
  START_DEVICE_AUTHORIZATION(Api.SSO_OIDC, "StartDeviceAuthorization"),
  /** SSO OIDC. */
  CREATE_TOKEN(Api.SSO_OIDC, "CreateToken"),
  /** The portal of the Identity Center. */
  LIST_ACCOUNTS(Api.SSO, "ListAccounts"),
  /** The portal of the Identity Center. */
  LIST_ACCOUNT_ROLES(Api.SSO, "ListAccountRoles"),
  /** The portal of the Identity Center. */
  GET_ROLE_CREDENTIALS(Api.SSO, "GetRoleCredentials"),
  /** The portal of the Identity Center. */
  LOGOUT(Api.SSO, "Logout"),
  /** ECR. */
  GET_ECR_AUTHORIZATION_TOKEN(Api.ECR, "GetAuthorizationToken"),
  /** ECR Public. */
  GET_ECR_PUBLIC_AUTHORIZATION_TOKEN(Api.ECR_PUBLIC, "GetAuthorizationToken"),
  /** The metadata of an instance: the token to ask it with. */
  GET_METADATA_TOKEN(Api.METADATA, "GetMetadataToken"),
  /** The metadata of an instance. */
  GET_METADATA(Api.METADATA, "GetMetadata"),
  /** The credentials of a container. */
  GET_CONTAINER_CREDENTIALS(Api.METADATA, "GetContainerCredentials"),
  /** GitHub Actions. */
  GET_JOB_ID_TOKEN(Api.METADATA, "GetJobIdToken"),
  /** The page where somebody says yes or no to a device. */
  DEVICE_PAGE(Api.DEVICE_PAGE, "DevicePage"),
  /** Whatever it does not know. */
  UNKNOWN(Api.NONE, "Unknown");

  /** A service: the name that its requests are signed for, and how it words its answers. */
  enum Api {
    EKS("eks", Protocol.REST_JSON),
    STS("sts", Protocol.QUERY),
    SSO_OIDC("sso-oauth", Protocol.OAUTH),
    SSO("awsssoportal", Protocol.REST_JSON),
    ECR("ecr", Protocol.JSON),
    ECR_PUBLIC("ecr-public", Protocol.JSON),
    METADATA("", Protocol.PLAIN),
    DEVICE_PAGE("", Protocol.PLAIN),
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
