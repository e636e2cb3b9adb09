package dev.atmos.aws;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Makes clients of AWS's services, and explains why their calls fail:
 *
 * <pre>{@code
 * AwsClients aws = new AwsClients(context, AwsLimits.ofCommand());
 * try (EksClient eks =
 *     aws.client(EksClient.builder(), AwsTarget.of("EKS", "us-east-2"), credentials)) {
 *   Cluster cluster =
 *       aws.call(
 *           "describe the EKS cluster 'demo' in us-east-2",
 *           () -> eks.describeCluster(request -> request.name("demo")).cluster());
 * }
 * }</pre>
 *
 * <p>A client uses only what it is given, and of the user's AWS variables only those that say how
 * to reach AWS ({@code AWS_ENDPOINT_URL} and its kind, {@code AWS_USE_FIPS_ENDPOINT}, {@code
 * AWS_USE_DUALSTACK_ENDPOINT}, {@code AWS_CA_BUNDLE}, the proxy's), and no file. It never looks for
 * credentials. It connects at the first call.
 */
public final class AwsClients {

  private final Services context;
  private final AwsLimits limits;
  private final Duration started;
  private final Endpoints endpoints;
  private final CallFailures failures;
  private final Consumer<byte[]> onAnswer;

  /** With these limits; {@code total} begins now. */
  public AwsClients(Services context, AwsLimits limits) {
    this(context, limits, answer -> {});
  }

  /**
   * With these limits, and an observer of answers.
   *
   * @param onAnswer is given the content of each successful answer before anything else is done
   *     with it
   */
  public AwsClients(Services context, AwsLimits limits, Consumer<byte[]> onAnswer) {
    this.context = context;
    this.limits = limits.stretched(context.sleeper().slowness());
    this.onAnswer = onAnswer;
    this.started = context.sleeper().uptime();
    this.endpoints = new Endpoints(context.environment());
    this.failures = new CallFailures(context, this.limits);
  }

  /**
   * A client for a service. The caller closes it.
   *
   * @param builder a new builder of the SDK
   * @param credentials what requests are signed with; null for operations that take no signature
   * @throws AtmosException with {@link ExitCode#USAGE} if a variable or the target's URL isn't one
   *     that requests may be sent to, or the policy of the machine doesn't allow the region
   */
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, AwsTarget target, @Nullable AwsCredentials credentials) {
    requireRegion(target);
    Optional<URI> endpoint = endpoint(target);
    endpoint.ifPresent(builder::endpointOverride);
    Duration left = left();
    // The SDK signs by the system's clock, and finds out by itself only from a refusal.
    context
        .clockSkew()
        .ifPresent(skew -> SdkGlobalTime.setGlobalTimeOffset((int) skew.ahead().toSeconds()));
    return builder
        .region(Region.of(target.region()))
        // An explicit host has no variants.
        .fipsEnabled(endpoint.isEmpty() && usesFips())
        .dualstackEnabled(endpoint.isEmpty() && usesDualStack())
        .credentialsProvider(SdkCredentials.of(credentials))
        .defaultsMode(DefaultsMode.STANDARD)
        .httpClient(http(left))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallTimeout(left)
                .retryStrategy(retries())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent())
                .addExecutionInterceptor(new GivenEndpoint(endpoint.orElse(null)))
                // In place of the user's files.
                .defaultProfileFile(ProfileFile.aggregator().build())
                .defaultProfileName("none")
                .build())
        .build();
  }

  /**
   * Calls an operation for which there is no client.
   *
   * @param what as for {@link #call}
   * @return the texts and numbers of the answer by their names, at whatever depth
   * @throws AtmosException as {@link #client} and {@link #call} do
   */
  public Map<String, Secret> json(
      String what, AwsTarget target, JsonOperation operation, AwsCredentials credentials) {
    requireRegion(target);
    URI uri = endpoint(target).orElseGet(() -> URI.create("https://" + operation.host() + "/"));
    try (SdkHttpClient http = http(left())) {
      JsonCall call = new JsonCall(context, http, limits);
      return call(
          what,
          () -> call.answer(uri, operation, target.region(), SdkCredentials.signer(credentials)));
    }
  }

  private void requireRegion(AwsTarget target) {
    context
        .policy()
        .ifPresent(
            policy -> policy.requireRegion("a call of " + target.service(), target.region()));
  }

  private SdkHttpClient http(Duration left) {
    return new NetworkHttpClient(
        context,
        new ConnectionFailures(context.network(), context.environment()),
        shorter(limits.connect(), left),
        shorter(limits.answer(), left),
        this::left,
        onAnswer);
  }

  /**
   * The URL that takes the place of AWS's own; empty for AWS's own.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if it isn't one that requests may be sent to
   */
  public Optional<URI> endpoint(AwsTarget target) {
    Optional<URI> endpoint = endpoints.of(target);
    if (endpoint.isPresent()) {
      String url = endpoint.get().toString();
      context
          .policy()
          .ifPresent(policy -> policy.requireUrl("the endpoint of " + target.service(), url));
    }
    return endpoint;
  }

  /** Whether AWS's own hosts are to be those of FIPS 140. */
  public boolean usesFips() {
    return endpoints.isTrue("AWS_USE_FIPS_ENDPOINT");
  }

  /** Whether AWS's own hosts are to be those that IPv6 reaches as well. */
  public boolean usesDualStack() {
    return endpoints.isTrue("AWS_USE_DUALSTACK_ENDPOINT");
  }

  /**
   * Makes a call.
   *
   * @param what what the call does, as it follows "could not" in a message: {@code describe the EKS
   *     cluster 'demo'}
   * @throws AtmosException if it fails: with {@link ExitCode#SIGN_IN_REQUIRED} if AWS doesn't take
   *     the credentials or tokens, {@link ExitCode#DENIED} if they aren't allowed to, {@link
   *     ExitCode#UNAVAILABLE} if AWS can't be reached, is slow or asks for fewer calls, {@link
   *     ExitCode#USAGE} if variables are wrong that say how to reach it, and {@link
   *     ExitCode#FAILED} otherwise
   */
  public <T> T call(String what, Supplier<T> action) {
    Duration total = limits.total();
    if (total != null && !total.minus(passed()).isPositive()) {
      throw failures.late(what, total);
    }
    try {
      return action.get();
    } catch (NoConnectionException | SdkException e) {
      throw failures.of(what, e);
    } finally {
      context.locks().progress();
    }
  }

  /**
   * What time it is at a service, by the head of an answer to a request without a signature.
   *
   * @param host AWS's own host, where no variable names another one
   * @throws AtmosException as {@link #call} does; with {@link ExitCode#UNAVAILABLE} if the answer
   *     has no time
   */
  public Instant time(AwsTarget target, String host) {
    URI uri = endpoint(target).orElseGet(() -> URI.create("https://" + host + "/"));
    return call(
        "ask " + target.service() + " for the time",
        () -> {
          HttpURLConnection connection =
              context.network().connection(uri, limits.connect(), limits.answer());
          try {
            connection.setRequestMethod("HEAD");
            var _ = connection.getResponseCode();
            Instant time = HttpDate.parse(String.valueOf(connection.getHeaderField("Date")));
            if (time == null) {
              throw new NoConnectionException(
                  ExitCode.UNAVAILABLE, "the answer doesn't say it", null, null);
            }
            return time;
          } catch (IOException e) {
            ConnectionException known =
                new ConnectionFailures(context.network(), context.environment()).of(uri, e);
            throw new NoConnectionException(
                ExitCode.UNAVAILABLE, String.valueOf(known.getMessage()), null, e);
          } finally {
            connection.disconnect();
          }
        });
  }

  /** How long a call may take: at least a moment, as zero would mean no limit. */
  private Duration left() {
    Duration total = limits.total();
    Duration left = total == null ? limits.call() : shorter(limits.call(), total.minus(passed()));
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private Duration passed() {
    return context.sleeper().uptime().minus(started);
  }

  private StandardRetryStrategy retries() {
    Duration pause = limits.pause();
    // Not by Duration.multipliedBy, which takes as long as a tenth of a call: it sets BigDecimal
    // up.
    Duration throttled = Duration.ofMillis(10 * pause.toMillis());
    Duration longest = Duration.ofSeconds(20); // AWS's own.
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(limits.attempts())
        .backoffStrategy(BackoffStrategy.exponentialDelay(pause, longest))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(throttled, longest))
        .build();
  }

  static String userAgent() {
    String version = AwsClients.class.getPackage().getImplementationVersion();
    return version == null ? "atmos" : "atmos/" + version;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
