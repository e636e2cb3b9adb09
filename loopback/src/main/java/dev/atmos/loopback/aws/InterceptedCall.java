package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.protocol.Operation.Api;
import dev.atmos.loopback.aws.service.AwsCall;
import dev.atmos.loopback.aws.service.AwsService;
import dev.atmos.loopback.http.ServerResponse;
import java.util.Map;

/** A request that a {@link Fault} may answer in its own way. */
public final class InterceptedCall {
  private final AwsCall call;
  private final Map<Api, AwsService> services;

  InterceptedCall(AwsCall call, Map<Api, AwsService> services) {
    this.call = call;
    this.services = services;
  }

  /** The operation. */
  public Operation operation() {
    return call.operation();
  }

  /** Performs the operation, as if nothing were wrong. */
  public ServerResponse perform() {
    AwsService service = services.get(operation().api());
    if (service == null) {
      return error(404, "UnknownOperationException", "No such operation: " + call.request());
    }
    try {
      return service.perform(call);
    } catch (AwsException e) {
      return call.error(e);
    }
  }

  /** An error as the service words it. */
  public ServerResponse error(int status, String code, String message) {
    return call.error(new AwsException(status, code, message));
  }
}
