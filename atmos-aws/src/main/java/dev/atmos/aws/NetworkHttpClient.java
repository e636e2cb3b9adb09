package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Network;
import dev.atmos.services.Services;
import dev.atmos.services.system.ClockSkew;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's client over Java's {@code HttpURLConnection}, with connections of the {@link Network}:
 * by itself, it ignores {@code AWS_CA_BUNDLE} and a proxy's password, and follows redirects with
 * tokens in the headers.
 */
final class NetworkHttpClient implements SdkHttpClient {
  /** Far more than any answer that is asked for. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final Services services;
  private final SdkHttpClient client;
  private final ConnectionFailures failures;
  private final Duration limit;
  private final Supplier<Duration> left;
  private final Consumer<byte[]> onAnswer;

  /**
   * @param limit how long an answer may take, from its request to its end
   * @param left how long the call may still take
   * @param onAnswer is given the content of a successful answer before anything else is done with
   *     it
   */
  NetworkHttpClient(
      Services services,
      ConnectionFailures failures,
      Duration connect,
      Duration limit,
      Supplier<Duration> left,
      Consumer<byte[]> onAnswer) {
    this.services = services;
    this.client =
        UrlConnectionHttpClient.create(uri -> services.network().connection(uri, connect, limit));
    this.failures = failures;
    this.limit = limit;
    this.left = left;
    this.onAnswer = onAnswer;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    URI uri = request.httpRequest().getUri();
    ExecutableHttpRequest prepared = prepared(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        Duration end = services.sleeper().uptime().plus(limit);
        try {
          return whole(begun(prepared, uri), end);
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

  private HttpExecuteResponse begun(ExecutableHttpRequest request, URI uri) throws IOException {
    try {
      return request.call();
    } catch (NoSuchElementException | NumberFormatException e) {
      throw failures.noStatus(uri, e);
    }
  }

  /** Reads an answer to its end, so that one that trickles has one. */
  private HttpExecuteResponse whole(HttpExecuteResponse response, Duration end) throws IOException {
    SdkHttpResponse head = response.httpResponse();
    Instant theirs = HttpDate.of(head);
    if (theirs != null) {
      services.correctClock(ClockSkew.shown(theirs, services.localClock(), services.sleeper()));
    }
    if (!head.isSuccessful()) {
      Duration pause = RetryAfter.of(head, services.clock().instant());
      if (pause.compareTo(left.get()) > 0) {
        throw RetryAfter.tooLong(pause);
      }
      if (!pause.isPositive()) {
        // The SDK fails on a malformed one.
        head = head.toBuilder().removeHeader(RetryAfter.HEADER).build();
      }
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (response.responseBody().isPresent()) {
      try (AbortableInputStream body = response.responseBody().get()) {
        byte[] part = new byte[8192];
        for (int n = body.read(part); n >= 0; n = body.read(part)) {
          content.write(part, 0, n);
          if (content.size() > MOST_BYTES) {
            throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
          }
          if (services.sleeper().uptime().compareTo(end) > 0) {
            body.abort();
            throw new SocketTimeoutException("the answer takes too long");
          }
        }
      }
    }
    if (head.isSuccessful()) {
      onAnswer.accept(content.toByteArray());
    }
    return HttpExecuteResponse.builder()
        .response(head)
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(content.toByteArray())))
        .build();
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
