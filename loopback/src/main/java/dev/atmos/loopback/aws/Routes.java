package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Request;

/** Tells the services apart: by path, and by what a request calls its operation. */
final class Routes {
  private Routes() {}

  static Operation operation(Request request) {
    String method = request.method();
    String path = request.rawPath();
    if (path.equals("/") && (method.equals("POST") || method.equals("GET"))) {
      return Sts.operation(request).orElse(Operation.UNKNOWN);
    }
    if (path.equals("/clusters") && method.equals("GET")) {
      return Operation.LIST_CLUSTERS;
    }
    boolean below = path.startsWith("/clusters/") && path.indexOf('/', 10) < 0;
    if (below && path.length() > 10 && method.equals("GET")) {
      return Operation.DESCRIBE_CLUSTER;
    }
    return Operation.UNKNOWN;
  }
}
