package dev.atmos.cli.bootstrap;

import dev.atmos.cli.net.Authorities;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.system.ProxyNetwork;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The program's network, as if this machine's stores were others. */
public final class LoopbackNetworks {
  private LoopbackNetworks() {}

  /**
   * By those variables and files.
   *
   * @param java the authorities that Java brings, in PEM
   * @param system those that the operating system gives to Java, in PEM
   */
  public static ProxyNetwork of(
      Environment environment,
      Directories directories,
      ReadOnlyFiles files,
      String java,
      String system) {
    return new SystemNetwork(
        environment,
        directories,
        files,
        new Authorities() {
          @Override
          public List<X509Certificate> ofJava() {
            return certificates(java);
          }

          @Override
          public List<X509Certificate> ofTheSystem() {
            return certificates(system);
          }
        });
  }

  private static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
          .forEach(each -> certificates.add((X509Certificate) each));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(e);
    }
    return certificates;
  }
}
