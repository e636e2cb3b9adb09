package dev.atmos.auth.aws;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Asks the small services that machines and jobs find at fixed addresses. */
final class Http {
  private static final int MOST_BYTES = 1024 * 1024;

  private final Services context;
  private final Duration patience;

  /**
   * @param patience how long connecting may take, and how long nothing may arrive
   */
  Http(Services context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /**
   * An answer.
   *
   * @param body may be a secret, whatever the status is
   */
  record Answer(int status, Secret body) {}

  /**
   * Asks once.
   *
   * @param what is asked, for messages: {@code the instance metadata service}
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if there is no answer
   */
  Answer ask(String what, String method, URI uri, Map<String, Secret> headers) {
    HttpURLConnection connection = context.network().connection(uri, patience, patience);
    try {
      connection.setRequestMethod(method);
      for (Map.Entry<String, Secret> header : headers.entrySet()) {
        connection.setRequestProperty(header.getKey(), header.getValue().reveal());
      }
      if (method.equals("PUT")) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(0);
        connection.getOutputStream().close();
      }
      int status = connection.getResponseCode();
      try (InputStream body =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES);
        return new Answer(status, Secret.of(new String(bytes, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // Its message may hold the URL, with who knows what in it.
      throw new AtmosException(
          ExitCode.UNAVAILABLE,
          "could not ask " + what + " at " + uri.getHost() + ": " + e.getClass().getSimpleName());
    } finally {
      connection.disconnect();
    }
  }

  /** Whether what is sent there can be read on the way by nobody. */
  static boolean isPrivate(URI uri) {
    String host = uri.getHost();
    return host != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme())
                && (host.equals("localhost")
                    || host.equals("[::1]")
                    // A name may begin like an address.
                    || host.matches("127(\\.[0-9]{1,3}){3}"))));
  }
}
