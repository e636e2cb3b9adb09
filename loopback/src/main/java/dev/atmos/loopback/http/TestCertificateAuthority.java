package dev.atmos.loopback.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate authority in memory, valid for a week, that issues certificates for any host. */
public final class TestCertificateAuthority {
  private final HeldCertificate root =
      validForAWeek()
          .commonName("loopback test authority " + UUID.randomUUID())
          .certificateAuthority(0)
          .build();
  private final AtomicLong serialNumbers = new AtomicLong(1);
  private final Map<List<String>, SSLContext> servers = new ConcurrentHashMap<>();

  private TestCertificateAuthority() {}

  /** A new authority. */
  public static TestCertificateAuthority create() {
    return new TestCertificateAuthority();
  }

  /** The certificate to trust, in PEM. */
  public String pem() {
    return root.certificatePem();
  }

  /**
   * For a server with these names.
   *
   * @param hosts DNS names or IP addresses
   */
  public SSLContext server(String... hosts) {
    return servers.computeIfAbsent(List.of(hosts), this::newServer);
  }

  private SSLContext newServer(List<String> hosts) {
    HeldCertificate.Builder server =
        validForAWeek().serialNumber(serialNumbers.incrementAndGet()).signedBy(root);
    hosts.forEach(server::addSubjectAlternativeName);
    return new HandshakeCertificates.Builder()
        .heldCertificate(server.build(), root.certificate())
        .build()
        .sslContext();
  }

  private static HeldCertificate.Builder validForAWeek() {
    Instant now = Instant.now();
    return new HeldCertificate.Builder()
        .validityInterval(
            now.minus(Duration.ofDays(1)).toEpochMilli(),
            now.plus(Duration.ofDays(7)).toEpochMilli());
  }
}
