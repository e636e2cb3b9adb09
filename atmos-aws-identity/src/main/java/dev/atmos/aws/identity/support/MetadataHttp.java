package dev.atmos.aws.identity.support;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls the services that give machines, containers, jobs and users of the console their
 * credentials, and that the SDK has no client for.
 */
public final class MetadataHttp {
  private static final int MOST_BYTES = 1024 * 1024;

  private final PluginContext context;
  private final Duration patience;

  /**
   * With this time limit.
   *
   * @param patience how long connecting may take, and how long the other side may be silent
   */
  public MetadataHttp(PluginContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /**
   * The response to a request.
   *
   * @param body may be a secret, whatever the status is
   */
  public record MetadataResponse(int status, Secret body) {

    /** The members of the JSON object in the body; none if it holds anything else. */
    public Map<String, Secret> members() {
      return FlatJson.read(body.reveal(), Secret::of).orElse(Map.of());
    }

    /** What a status other than 200 means. */
    public ExitCode exitCode() {
      return status >= 500 || status == 429 ? ExitCode.UNAVAILABLE : ExitCode.DENIED;
    }
  }

  /**
   * Sends a request, once.
   *
   * @param what names the service in messages: {@code the instance metadata service}
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if no answer comes, and with {@link
   *     ExitCode#FAILED} if no header can hold one of the values
   */
  public MetadataResponse ask(String what, String method, URI uri, Map<String, Secret> headers) {
    return ask(what, method, uri, headers, null);
  }

  /**
   * The same with a body.
   *
   * @param body null for none
   */
  public MetadataResponse ask(
      String what, String method, URI uri, Map<String, Secret> headers, @Nullable Secret body) {
    HttpURLConnection connection = context.network().connection(uri, patience, patience);
    try {
      connection.setRequestMethod(method);
      for (Map.Entry<String, Secret> header : headers.entrySet()) {
        String value = header.getValue().reveal();
        if (!value.matches("[ -~]*")) {
          throw new AtmosException(
              ExitCode.FAILED,
              "could not ask "
                  + what
                  + ": the value of the header "
                  + header.getKey()
                  + " holds a line break or another character that no header can hold");
        }
        connection.setRequestProperty(header.getKey(), value);
      }
      if (body != null || method.equals("PUT")) {
        byte[] sent = body == null ? new byte[0] : body.reveal().getBytes(StandardCharsets.UTF_8);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(sent.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(sent);
        }
      }
      int status = connection.getResponseCode();
      try (InputStream answer =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
        byte[] bytes = answer == null ? new byte[0] : answer.readNBytes(MOST_BYTES);
        return new MetadataResponse(status, Secret.of(new String(bytes, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // Its message may hold the URL, and a URL may hold a secret.
      throw new AtmosException(
          ExitCode.UNAVAILABLE,
          "could not ask " + what + " at " + uri.getHost() + ": " + e.getClass().getSimpleName());
    } finally {
      connection.disconnect();
    }
  }
}
