package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.eks.doctor.EntryCheck.Server;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.PinnedRequest;
import dev.atmos.services.system.PinnedRequest.Answer;
import dev.atmos.services.system.PinnedRequestException;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.FlatJson;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks an API server, and judges how far that comes. */
final class EndpointCheck {
  /** Every user that has signed in may get it: the versions of the API, by system:discovery. */
  private static final String PATH = "/api";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST = 200;

  private final Server server;
  private final Cures cures;

  EndpointCheck(Server server, Cures cures) {
    this.server = server;
    this.cures = cures;
  }

  /**
   * Asks.
   *
   * @param token null where there is none, so that the answer says no more than that there is one
   * @throws AtmosException if there is no answer
   */
  Answer ask(ProxyNetwork network, @Nullable Secret token) {
    URI url = server.url().resolve(server.url().getRawPath().replaceFirst("/+$", "") + PATH);
    try {
      return network.ask(
          new PinnedRequest(
              url,
              server.authority(),
              server.entry().tlsServerName(),
              server.entry().proxyUrl(),
              token,
              LIMIT));
    } catch (PinnedRequestException e) {
      throw failure(e);
    }
  }

  private AtmosException failure(PinnedRequestException e) {
    String host = server.url().getHost();
    String why = TerminalText.line(String.valueOf(e.getMessage()), LONGEST);
    return switch (e.step()) {
      case RESOLVE ->
          new AtmosException(
              ExitCode.UNAVAILABLE,
              "the name of " + host + " or its proxy can't be resolved",
              "if the cluster was recreated: " + cures.update());
      case CONNECT ->
          new AtmosException(
              ExitCode.UNAVAILABLE,
              "can't connect to " + host + " (" + why + ")",
              "connect to the network of the cluster, such as its VPN; who else is let in: "
                  + cures.describe());
      case TUNNEL ->
          new AtmosException(
              ExitCode.UNAVAILABLE,
              "the proxy leads nowhere: " + why,
              "check proxy-url in the entry, or HTTPS_PROXY");
      case TLS -> tls(host, why, e);
      case ANSWER ->
          new AtmosException(
              ExitCode.UNAVAILABLE, host + " speaks TLS, but doesn't answer: " + why);
    };
  }

  private AtmosException tls(String host, String why, PinnedRequestException e) {
    if (has(e, CertificateExpiredException.class)
        || has(e, CertificateNotYetValidException.class)) {
      return new AtmosException(
          ExitCode.FAILED, "the certificate of " + host + " isn't valid now", cures.describe());
    }
    if (has(e, CertPathBuilderException.class)) {
      return new AtmosException(
          ExitCode.FAILED,
          "the certificate of " + host + " isn't one of the entry's certificate authority",
          cures.update());
    }
    return new AtmosException(
        ExitCode.FAILED,
        "TLS with " + host + " fails: " + why,
        server.entry().tlsServerName() == null
            ? "name the host of the certificate: " + cures.setCluster("--tls-server-name HOST")
            : cures.setCluster("--tls-server-name="));
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable each = failure; each != null && depth < 20; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
      depth++;
    }
    return false;
  }

  /** Says that the server has answered, whatever it says. */
  Check reached() {
    String name = server.entry().tlsServerName();
    return Check.ok(
        "endpoint",
        "it answers at "
            + server.url().getRawAuthority()
            + (server.entry().proxyUrl() == null ? "" : " through the proxy of the entry")
            + (name == null ? "" : ", with a certificate of " + name));
  }

  /**
   * Judges an answer to a request with a token.
   *
   * @param caller the user; null where it isn't known
   */
  Check judge(Answer answer, @Nullable Principal caller) {
    int status = answer.status();
    if (status / 100 == 2) {
      return Check.ok("api", "GET " + PATH + " is answered: the cluster knows the user");
    }
    if (status == 401) {
      throw new AtmosException(
          ExitCode.DENIED,
          "the cluster doesn't know the user (GET " + PATH + ": 401)",
          caller == null ? cures.describe() : "map it: " + cures.accessEntry(caller));
    }
    if (status == 403) {
      String said = said(answer.body());
      throw new AtmosException(
          ExitCode.DENIED,
          "the cluster knows the user, and its RBAC doesn't allow GET "
              + PATH
              + " (403)"
              + (said == null ? "" : ": " + said),
          cures.kubectl("auth can-i --list"));
    }
    throw new AtmosException(
        status >= 500 || status == 429 ? ExitCode.UNAVAILABLE : ExitCode.FAILED,
        "GET " + PATH + " is answered with status " + status,
        cures.kubectl("get --raw /readyz"));
  }

  private static @Nullable String said(String body) {
    String said =
        FlatJson.read(body, text -> text).map(members -> members.get("message")).orElse(null);
    return said == null ? null : TerminalText.line(said, LONGEST);
  }
}
