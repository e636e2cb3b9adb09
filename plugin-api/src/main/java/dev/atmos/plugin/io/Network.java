package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The network: which certificates a connection trusts, and which proxy it goes through. Settings
 * are read for the first connection, so that wrong ones don't disturb a command that makes none.
 * Safe for use by several threads.
 *
 * <p>Connections trust the certificate authorities of Java and those of the operating system, which
 * include those of companies whose proxies inspect TLS. {@code AWS_CA_BUNDLE} replaces them all
 * with those of a file. Nothing turns verification off.
 */
@ImplementedByHost
public interface Network {

  /**
   * A connection that isn't open yet, with this trust, through the proxy of the URL, and with the
   * proxy's user name and password where it asks for them. It follows no redirects, because that
   * would carry the request's headers to any address that the server names.
   *
   * @param uri of scheme {@code https} or {@code http}
   * @param toConnect the limit for connecting; more than zero
   * @param silence the limit for the wait for more data; more than zero
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the variable of the proxy or, for {@code https}, {@code AWS_CA_BUNDLE} is wrong
   */
  HttpURLConnection connection(URI uri, Duration toConnect, Duration silence);

  /**
   * The trust alone, for clients that make their own connections, such as {@code
   * java.net.http.HttpClient}.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if {@code AWS_CA_BUNDLE} names no file with certificates
   */
  SSLContext tls();
}
