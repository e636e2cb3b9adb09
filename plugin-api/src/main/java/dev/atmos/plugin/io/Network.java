package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The network: whose certificates a connection trusts, and which proxy it goes through. Nothing is
 * read before it is asked for, so that what is wrong with either is no concern of a command that
 * makes no connection.
 *
 * <p>Trusted are the certificate authorities of Java, and those of the operating system, among
 * which is the one of a company whose proxies look into TLS. {@code AWS_CA_BUNDLE} replaces them
 * all by those of a file. Nothing turns verification off.
 */
@ImplementedByHost
public interface Network {

  /**
   * A connection that isn't open yet: with this trust, through the proxy that serves the URL, with
   * the proxy's user name and password where it asks for them. It follows no redirect, as that
   * would carry the headers of a request to wherever an answer says.
   *
   * @param uri of scheme {@code https} or {@code http}
   * @param toConnect how long connecting may take; more than zero
   * @param silence how long nothing may arrive; more than zero
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the proxy's variable or, for {@code https}, {@code AWS_CA_BUNDLE} has no use
   */
  HttpURLConnection connection(URI uri, Duration toConnect, Duration silence);

  /**
   * The trust by itself, for clients that make their own connections, such as {@code
   * java.net.http.HttpClient}.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if {@code AWS_CA_BUNDLE} names no file with certificates
   */
  SSLContext tls();
}
