package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.protocol.Operation.Api;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the operation of a request: by its path, and by the names that it gives. */
final class OperationRouter {
  private OperationRouter() {}

  static Operation operation(ServerRequest request) {
    Optional<String> target = request.header("x-amz-target");
    if (target.isPresent()) {
      return switch (target.get()) {
        case "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken" ->
            Operation.GET_ECR_AUTHORIZATION_TOKEN;
        case "SpencerFrontendService.GetAuthorizationToken" ->
            Operation.GET_ECR_PUBLIC_AUTHORIZATION_TOKEN;
        default -> Operation.UNKNOWN;
      };
    }
    String path = request.rawPath();
    return switch (request.method() + " " + path) {
      case "GET /", "POST /" -> sts(request);
      case "GET /clusters" -> Operation.LIST_CLUSTERS;
      case "POST /client/register" -> Operation.REGISTER_CLIENT;
      case "POST /device_authorization" -> Operation.START_DEVICE_AUTHORIZATION;
      case "POST /token" -> Operation.CREATE_TOKEN;
      case "GET /assignment/accounts" -> Operation.LIST_ACCOUNTS;
      case "GET /assignment/roles" -> Operation.LIST_ACCOUNT_ROLES;
      case "GET /federation/credentials" -> Operation.GET_ROLE_CREDENTIALS;
      case "POST /logout" -> Operation.LOGOUT;
      case "GET /device", "POST /device" -> Operation.DEVICE_PAGE;
      case "GET /authorize", "POST /authorize" -> Operation.AUTHORIZE_PAGE;
      case "POST /v1/token" -> Operation.CREATE_OAUTH2_TOKEN;
      case "GET /v1/authorize", "POST /v1/authorize" -> Operation.CONSOLE_AUTHORIZE_PAGE;
      case "GET /v1/sessions/confirmation" -> Operation.CONFIRMATION_PAGE;
      case "GET /federation" ->
          switch (ServerRequest.first(request.query(), "Action").orElse("")) {
            case "getSigninToken" -> Operation.GET_SIGNIN_TOKEN;
            case "login" -> Operation.FEDERATED_LOGIN;
            default -> Operation.UNKNOWN;
          };
      case "PUT /latest/api/token" -> Operation.GET_METADATA_TOKEN;
      case "GET /github/idtoken" -> Operation.GET_JOB_ID_TOKEN;
      default ->
          request.method().equals("GET") || request.method().equals("HEAD")
              ? below(path)
              : Operation.UNKNOWN;
    };
  }

  private static Operation below(String path) {
    if (path.matches("/clusters/[^/]+")) {
      return Operation.DESCRIBE_CLUSTER;
    }
    if (path.matches("/clusters/[^/]+/access-entries")) {
      return Operation.LIST_ACCESS_ENTRIES;
    }
    if (path.startsWith("/latest/")) {
      return Operation.GET_METADATA;
    }
    if (path.startsWith("/v2/credentials/")) {
      return Operation.GET_CONTAINER_CREDENTIALS;
    }
    return path.startsWith("/v2/") ? Operation.USE_REGISTRY : Operation.UNKNOWN;
  }

  private static Operation sts(ServerRequest request) {
    List<Parameter> all = new ArrayList<>(request.query());
    all.addAll(request.form());
    String action = ServerRequest.first(all, "Action").orElse("");
    if (!ServerRequest.first(all, "Version").orElse("").equals("2011-06-15")) {
      return Operation.UNKNOWN;
    }
    return Stream.of(Operation.values())
        .filter(operation -> operation.api() == Api.STS && operation.action().equals(action))
        .findFirst()
        .orElse(Operation.UNKNOWN);
  }
}
