package dev.atmos.loopback.aws.protocol;

/** The operations that the stand-in knows, by AWS's names. */
public enum Operation {
  /** EKS. */
  LIST_CLUSTERS(Api.EKS, "ListClusters"),
  /** EKS. */
  DESCRIBE_CLUSTER(Api.EKS, "DescribeCluster"),
  /** EKS. */
  LIST_ACCESS_ENTRIES(Api.EKS, "ListAccessEntries"),
  /** STS. */
  GET_CALLER_IDENTITY(Api.STS, "GetCallerIdentity"),
  /** STS. */
  ASSUME_ROLE(Api.STS, "AssumeRole"),
  /** STS. */
  ASSUME_ROLE_WITH_WEB_IDENTITY(Api.STS, "AssumeRoleWithWebIdentity"),
  /** STS. */
  ASSUME_ROOT(Api.STS, "AssumeRoot"),
  /** STS. */
  GET_FEDERATION_TOKEN(Api.STS, "GetFederationToken"),
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
  /** A registry of ECR, as docker uses it. */
  USE_REGISTRY(Api.REGISTRY, "UseRegistry"),
  /** The metadata of an instance: the token that its other requests need. */
  GET_METADATA_TOKEN(Api.METADATA, "GetMetadataToken"),
  /** The metadata of an instance. */
  GET_METADATA(Api.METADATA, "GetMetadata"),
  /** The credentials of a container. */
  GET_CONTAINER_CREDENTIALS(Api.METADATA, "GetContainerCredentials"),
  /** GitHub Actions. */
  GET_JOB_ID_TOKEN(Api.METADATA, "GetJobIdToken"),
  /** The page on which a user approves a device, or denies it. */
  DEVICE_PAGE(Api.DEVICE_PAGE, "DevicePage"),
  /** The page on which a user says yes or no to a program on the same machine. */
  AUTHORIZE_PAGE(Api.AUTHORIZE_PAGE, "OidcAuthorizePage"),
  /** AWS Sign-In: a code or a refresh token for credentials. */
  CREATE_OAUTH2_TOKEN(Api.SIGN_IN, "CreateOAuth2Token"),
  /** AWS Sign-In: the page on which a user of the console says yes to a program. */
  CONSOLE_AUTHORIZE_PAGE(Api.SIGN_IN, "AuthorizeOAuth2Access"),
  /** AWS Sign-In: the page that shows an answer for a program on another machine. */
  CONFIRMATION_PAGE(Api.SIGN_IN, "ConfirmationPage"),
  /** The console's endpoint for federation: credentials for a sign-in token. */
  GET_SIGNIN_TOKEN(Api.FEDERATION, "getSigninToken"),
  /** The page of the console that a sign-in token leads to. */
  FEDERATED_LOGIN(Api.FEDERATION, "login"),
  /** Any other request. */
  UNKNOWN(Api.NONE, "Unknown");

  /** A service: the name that its requests are signed for, and how it words its answers. */
  public enum Api {
    EKS("eks", AwsProtocol.REST_JSON),
    STS("sts", AwsProtocol.QUERY),
    SSO_OIDC("sso-oauth", AwsProtocol.OAUTH),
    SSO("awsssoportal", AwsProtocol.REST_JSON),
    ECR("ecr", AwsProtocol.JSON),
    ECR_PUBLIC("ecr-public", AwsProtocol.JSON),
    REGISTRY("", AwsProtocol.PLAIN),
    METADATA("", AwsProtocol.PLAIN),
    DEVICE_PAGE("", AwsProtocol.PLAIN),
    AUTHORIZE_PAGE("", AwsProtocol.PLAIN),
    SIGN_IN("signin", AwsProtocol.REST_JSON),
    FEDERATION("", AwsProtocol.PLAIN),
    NONE("", AwsProtocol.REST_JSON);

    private final String signingName;
    private final AwsProtocol protocol;

    Api(String signingName, AwsProtocol protocol) {
      this.signingName = signingName;
      this.protocol = protocol;
    }

    /** The service's name in the scope of a signature. */
    public String signingName() {
      return signingName;
    }

    AwsProtocol protocol() {
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

  /** The service. */
  public Api api() {
    return api;
  }

  /** How the service words its answers. */
  public AwsProtocol protocol() {
    return api.protocol();
  }

  /** The operation as policies name it, such as {@code eks:DescribeCluster}. */
  public String permission() {
    return api.signingName() + ":" + action;
  }
}
