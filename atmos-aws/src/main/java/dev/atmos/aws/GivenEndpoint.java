package dev.atmos.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ClientEndpointProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;

/**
 * Sets the endpoint of each call. A client without an endpoint would read the process's variables
 * itself, accept a URL of any kind, and fail on an empty one.
 */
final class GivenEndpoint implements ExecutionInterceptor {
  /** A placeholder: AWS's own rules find the host. */
  private static final String BY_RULES = "https://aws.invalid";

  private final ClientEndpointProvider endpoint;

  /**
   * @param uri null for the host that AWS's rules find
   */
  GivenEndpoint(@Nullable URI uri) {
    endpoint =
        uri == null
            ? ClientEndpointProvider.create(URI.create(BY_RULES), false)
            : ClientEndpointProvider.forEndpointOverride(uri);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(SdkInternalExecutionAttribute.CLIENT_ENDPOINT_PROVIDER, endpoint);
  }
}
