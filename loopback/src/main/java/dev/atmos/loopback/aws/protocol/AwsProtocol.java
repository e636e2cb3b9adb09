package dev.atmos.loopback.aws.protocol;

import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.util.Locale;

/** How a service words its results and its errors. */
public enum AwsProtocol {
  /** Forms in, XML out: STS. */
  QUERY {
    @Override
    public ServerResponse result(Operation operation, String requestId, JsonObject result) {
      JsonObject content =
          new JsonObject()
              .with(operation.action() + "Result", result)
              .with("ResponseMetadata", new JsonObject().with("RequestId", requestId));
      return xml(200, XmlWriter.document(operation.action() + "Response", content));
    }

    @Override
    public ServerResponse error(String requestId, AwsException e) {
      String type = e.status() < 500 ? "Sender" : "Receiver";
      JsonObject error =
          new JsonObject().with("Type", type).with("Code", e.code()).with("Message", e.message());
      JsonObject content = new JsonObject().with("Error", error).with("RequestId", requestId);
      return xml(e.status(), XmlWriter.document("ErrorResponse", content));
    }

    private ServerResponse xml(int status, String text) {
      return ServerResponse.of(status, "text/xml", text);
    }
  },

  /** Paths and JSON: EKS and the portal of the Identity Center. */
  REST_JSON {
    @Override
    public ServerResponse error(String requestId, AwsException e) {
      return json(e.status(), requestId, new JsonObject().with("message", e.message()))
          .header("x-amzn-ErrorType", e.code());
    }
  },

  /** JSON with a target in a header: ECR. */
  JSON {
    @Override
    public ServerResponse error(String requestId, AwsException e) {
      JsonObject body = new JsonObject().with("__type", e.code()).with("message", e.message());
      return json(e.status(), requestId, body)
          .header("Content-Type", "application/x-amz-json-1.1")
          .header("x-amzn-ErrorType", e.code());
    }
  },

  /** JSON with the errors of OAuth 2.0 (RFC 6749, section 5.2; RFC 8628, section 3.5): SSO OIDC. */
  OAUTH {
    @Override
    public ServerResponse error(String requestId, AwsException e) {
      JsonObject body =
          new JsonObject().with("error", e.code()).with("error_description", e.message());
      return json(e.status(), requestId, body).header("x-amzn-ErrorType", exceptionName(e.code()));
    }

    // The name in AWS's model: AuthorizationPendingException for authorization_pending.
    private String exceptionName(String code) {
      if (code.equals(OAuthErrors.SERVER_ERROR)) {
        return "InternalServerException";
      }
      if (code.endsWith("Exception")) {
        return code;
      }
      StringBuilder name = new StringBuilder();
      for (String word : code.split("_", -1)) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
      return name.append("Exception").toString();
    }
  },

  /** Not an API of AWS's kind: metadata endpoints and pages. */
  PLAIN {
    @Override
    public ServerResponse error(String requestId, AwsException e) {
      return ServerResponse.json(
          e.status(), new JsonObject().with("code", e.code()).with("message", e.message()));
    }
  };

  /** A result. */
  public ServerResponse result(Operation operation, String requestId, JsonObject result) {
    return json(200, requestId, result);
  }

  /** An error. */
  public abstract ServerResponse error(String requestId, AwsException e);

  static ServerResponse json(int status, String requestId, JsonObject body) {
    return ServerResponse.json(status, body).header("x-amzn-RequestId", requestId);
  }
}
