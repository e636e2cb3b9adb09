package dev.atmos.auth.command;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.FlatJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers AWS SDKs that ask for credentials as in a container. Each identity has a path and a token
 * of its own. A page in a browser gets nothing: it has no token, may not read an answer from
 * another site, and comes by another name if it makes its own name lead here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
 *     credential provider</a>
 */
final class CredentialServer {
  private static final Duration LOOK = Duration.ofMillis(500);

  /**
   * SDKs wait two seconds for an answer, so new credentials are there before they are asked for.
   */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int TOKEN_BYTES = 32;
  private static final String HOST = "(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?";

  private final AuthEngine engine;
  private final Services services;
  private final CallbackListener listener;
  private final Map<String, Served> byPath = new LinkedHashMap<>();
  private final Map<String, Instant> renewals = new HashMap<>();
  private String lastFailure = "";

  /**
   * An identity that is served.
   *
   * @param address where, as a variable of its programs has it
   */
  record Served(String name, String address, Secret token) {}

  CredentialServer(AuthEngine engine, CallbackListener listener, List<String> names) {
    this.engine = engine;
    this.services = engine.services();
    this.listener = listener;
    SecureRandom random = new SecureRandom();
    for (String name : names) {
      byte[] token = new byte[TOKEN_BYTES];
      random.nextBytes(token);
      String path = "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      byPath.put(
          path,
          new Served(
              name,
              "http://127.0.0.1:" + listener.port() + path,
              Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token))));
    }
  }

  /** The identities, in the order in which they were named. */
  List<Served> served() {
    return List.copyOf(byPath.values());
  }

  /** Serves until the process that has started this one ends. */
  void run() {
    Optional<ProcessIdentity> parent = services.processes().parent();
    while (parent.isEmpty() || services.processes().isRunning(parent.get())) {
      Optional<CallbackRequest> request = listener.next(LOOK);
      if (request.isPresent()) {
        answer(request.get());
      } else {
        byPath.values().forEach(this::renew);
      }
    }
  }

  private void answer(CallbackRequest request) {
    Served served = byPath.get(request.target());
    if (!request.host().matches(HOST)) {
      refuse(request, 403, "Host", "no name of this machine");
    } else if (!request.method().equals("GET")) {
      refuse(request, 405, "Method", "only GET is answered");
    } else if (served == null) {
      refuse(request, 404, "Path", "no identity is served here");
    } else if (!served.token().equals(request.authorization())) {
      refuse(request, 401, "Authorization", "the token is missing, or wrong");
    } else {
      give(request, served.name());
    }
  }

  private void give(CallbackRequest request, String name) {
    try {
      AwsCredentials credentials = credentials(name);
      Map<String, Secret> members = new LinkedHashMap<>();
      members.put("AccessKeyId", Secret.of(credentials.accessKeyId()));
      members.put("SecretAccessKey", credentials.secretAccessKey());
      if (credentials.sessionToken() != null) {
        members.put("Token", credentials.sessionToken());
      }
      // The AWS CLI fails without a time; where there is none, it may ask again after an hour.
      Instant expiry = credentials.expiresAt();
      Instant end = expiry == null ? services.clock().instant().plusSeconds(3600) : expiry;
      members.put("Expiration", Secret.of(String.valueOf(HumanTime.seconds(end))));
      request.answerJson(200, json(members));
    } catch (AtmosException e) {
      say(e);
      refuse(request, status(e.exitCode()), e.exitCode().name(), e.sentence());
    }
  }

  private AwsCredentials credentials(String name) {
    AwsCredentials credentials = engine.sessions().silent(name).credentials();
    lastFailure = "";
    Instant expiry = credentials.expiresAt();
    Instant next = expiry == null ? Instant.MAX : expiry.minus(AHEAD);
    Instant soon = services.clock().instant().plus(PAUSE);
    renewals.put(name, next.isBefore(soon) ? soon : next);
    return credentials;
  }

  /** Renews credentials ahead of the next request for them. */
  private void renew(Served served) {
    Instant now = services.clock().instant();
    if (now.isBefore(renewals.getOrDefault(served.name(), Instant.MIN))) {
      return;
    }
    try {
      credentials(served.name());
    } catch (AtmosException e) {
      renewals.put(served.name(), now.plus(PAUSE));
      say(e);
    }
  }

  /** Once, until something else happens. */
  private void say(AtmosException e) {
    if (!e.sentence().equals(lastFailure)) {
      lastFailure = e.sentence();
      String hint = e.hint().map(text -> "; " + TerminalText.line(text)).orElse("");
      services.console().say("atmos: " + TerminalText.line(lastFailure) + hint);
    }
  }

  private static int status(ExitCode why) {
    return switch (why) {
      case SIGN_IN_REQUIRED, DENIED -> 403;
      case UNAVAILABLE -> 503;
      default -> 500;
    };
  }

  private static void refuse(CallbackRequest request, int status, String code, String message) {
    request.answerJson(
        status, json(Map.of("code", Secret.of(code), "message", Secret.of(message))));
  }

  private static Secret json(Map<String, Secret> members) {
    return Secret.of(FlatJson.write(members, Secret::reveal));
  }
}
