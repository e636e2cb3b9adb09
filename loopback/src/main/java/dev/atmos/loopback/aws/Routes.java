package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Request;
import java.util.Map;
import java.util.Optional;

/** Tells the services apart: by path, and by what a request calls its operation. */
final class Routes {
  private static final Map<String, Operation> TARGETS =
      Map.of(
          "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken",
          Operation.GET_ECR_AUTHORIZATION_TOKEN,
          "SpencerFrontendService.GetAuthorizationToken",
          Operation.GET_ECR_PUBLIC_AUTHORIZATION_TOKEN);

  private Routes() {}

  static Operation operation(Request request) {
    Optional<String> target = request.header("x-amz-target");
    if (target.isPresent()) {
      return TARGETS.getOrDefault(target.get(), Operation.UNKNOWN);
    }
    String path = request.rawPath();
    return switch (request.method() + " " + path) {
      case "GET /", "POST /" -> Sts.operation(request).orElse(Operation.UNKNOWN);
      case "GET /clusters" -> Operation.LIST_CLUSTERS;
      case "POST /client/register" -> Operation.REGISTER_CLIENT;
      case "POST /device_authorization" -> Operation.START_DEVICE_AUTHORIZATION;
      case "POST /token" -> Operation.CREATE_TOKEN;
      case "GET /assignment/accounts" -> Operation.LIST_ACCOUNTS;
      case "GET /assignment/roles" -> Operation.LIST_ACCOUNT_ROLES;
      case "GET /federation/credentials" -> Operation.GET_ROLE_CREDENTIALS;
      case "POST /logout" -> Operation.LOGOUT;
      case "GET /device", "POST /device" -> Operation.DEVICE_PAGE;
      case "PUT /latest/api/token" -> Operation.GET_METADATA_TOKEN;
      case "GET /github/idtoken" -> Operation.GET_JOB_ID_TOKEN;
      default -> request.method().equals("GET") ? below(path) : Operation.UNKNOWN;
    };
  }

  private static Operation below(String path) {
    if (path.startsWith("/clusters/") && path.length() > 10 && path.indexOf('/', 10) < 0) {
      return Operation.DESCRIBE_CLUSTER;
    }
    if (path.startsWith("/latest/")) {
      return Operation.GET_METADATA;
    }
    return path.startsWith("/v2/credentials/")
        ? Operation.GET_CONTAINER_CREDENTIALS
        : Operation.UNKNOWN;
  }
}
