package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Network;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's client over Java's {@code HttpURLConnection}, with connections of the {@link Network}:
 * by itself, it ignores {@code AWS_CA_BUNDLE} and a proxy's password, and follows redirects with
 * tokens in the headers.
 */
final class NetworkHttpClient implements SdkHttpClient {
  private final SdkHttpClient client;
  private final ConnectionFailures failures;

  NetworkHttpClient(
      Network network, ConnectionFailures failures, Duration connect, Duration silence) {
    this.client = UrlConnectionHttpClient.create(uri -> network.connection(uri, connect, silence));
    this.failures = failures;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    URI uri = request.httpRequest().getUri();
    ExecutableHttpRequest prepared = prepared(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (IOException e) {
          throw failures.of(uri, e);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private ExecutableHttpRequest prepared(HttpExecuteRequest request) {
    try {
      return client.prepareRequest(request);
    } catch (IllegalArgumentException e) {
      // Its message shows the value of the header, which may be a secret.
      throw new NoConnectionException(
          ExitCode.FAILED, "a value of the request can't stand in a header", null, null);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
