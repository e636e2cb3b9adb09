package dev.atmos.loopback.aws;

import dev.atmos.loopback.Json;
import dev.atmos.loopback.http.Answer;
import java.util.Locale;
import java.util.Map;

/** How a service words its answers and its errors. */
enum Protocol {
  /** Forms in, XML out: STS. */
  QUERY {
    @Override
    Answer result(Operation operation, String requestId, Map<String, Object> result) {
      Map<String, Object> metadata = Json.object("RequestId", requestId);
      String name = operation.action();
      return xml(
          200,
          Xml.element(
              name + "Response",
              Json.object(name + "Result", result, "ResponseMetadata", metadata)));
    }

    @Override
    Answer error(String requestId, AwsException e) {
      String type = e.status() < 500 ? "Sender" : "Receiver";
      Map<String, Object> error =
          Json.object("Type", type, "Code", e.code(), "Message", e.message());
      return xml(
          e.status(),
          Xml.element("ErrorResponse", Json.object("Error", error, "RequestId", requestId)));
    }

    private Answer xml(int status, String text) {
      return Answer.of(status, "text/xml", text);
    }
  },

  /** Paths and JSON: EKS and the portal of the Identity Center. */
  REST_JSON {
    @Override
    Answer error(String requestId, AwsException e) {
      return json(e.status(), requestId, Json.object("message", e.message()))
          .header("x-amzn-ErrorType", e.code());
    }
  },

  /** JSON with a target in a header: ECR. */
  JSON {
    @Override
    Answer error(String requestId, AwsException e) {
      return Answer.of(
              e.status(),
              "application/x-amz-json-1.1",
              Json.write(Json.object("__type", e.code(), "message", e.message())))
          .header("x-amzn-RequestId", requestId)
          .header("x-amzn-ErrorType", e.code());
    }
  },

  /** JSON with the errors of OAuth 2.0 (RFC 6749, section 5.2; RFC 8628, section 3.5): SSO OIDC. */
  OAUTH {
    @Override
    Answer error(String requestId, AwsException e) {
      return json(
              e.status(),
              requestId,
              Json.object("error", e.code(), "error_description", e.message()))
          .header("x-amzn-ErrorType", exceptionName(e.code()));
    }

    // The name in AWS's model: AuthorizationPendingException of authorization_pending.
    private String exceptionName(String code) {
      if (code.equals("server_error")) {
        return "InternalServerException";
      }
      StringBuilder name = new StringBuilder();
      for (String word : code.split("_", -1)) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
      return code.endsWith("Exception") ? code : name.append("Exception").toString();
    }
  },

  /** No API of AWS's kind: metadata endpoints and pages. */
  PLAIN {
    @Override
    Answer error(String requestId, AwsException e) {
      return Answer.of(
          e.status(),
          "application/json",
          Json.write(Json.object("code", e.code(), "message", e.message())));
    }
  };

  Answer result(Operation operation, String requestId, Map<String, Object> result) {
    return json(200, requestId, result);
  }

  abstract Answer error(String requestId, AwsException e);

  static Answer json(int status, String requestId, Map<String, Object> body) {
    return Answer.of(status, "application/json", Json.write(body))
        .header("x-amzn-RequestId", requestId);
  }
}
