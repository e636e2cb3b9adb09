package dev.atmos.cli.net;

import dev.atmos.cli.net.Pem.Broken;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.ReadOnlyFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Whose certificates are trusted: Java's authorities and the operating system's, or those of {@code
 * AWS_CA_BUNDLE} in place of them all.
 */
public final class TrustStores {
  private static final String BUNDLE = "AWS_CA_BUNDLE";
  private static final int LIMIT = 16 * 1024 * 1024;

  /** Where systems have their authorities: Debian and Alpine, Red Hat, SUSE, and older ones. */
  private static final List<String> SYSTEM_FILES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/var/lib/ca-certificates/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private final Environment environment;
  private final Directories directories;
  private final ReadOnlyFiles files;
  private final Authorities authorities;

  /** By those variables and files. */
  public TrustStores(
      Environment environment,
      Directories directories,
      ReadOnlyFiles files,
      Authorities authorities) {
    this.environment = environment;
    this.directories = directories;
    this.files = files;
    this.authorities = authorities;
  }

  /**
   * What connections are made with. Of the authorities, no more is read than a connection needs:
   * the system's only where none of Java's has signed a server's certificate.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if {@code AWS_CA_BUNDLE} names no file with
   *     certificates
   */
  public SSLContext context() {
    try {
      Optional<String> bundle = environment.nonEmpty(BUNDLE);
      TrustManager manager =
          bundle.isPresent()
              ? TrustedAuthorities.of(bundle(bundle.get()))
              : new FallbackTrustManager(authorities::ofJava, this::ofTheSystem);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java can't do TLS", e);
    }
  }

  private List<X509Certificate> bundle(String name) {
    String why;
    try {
      Path file = directories.workingDirectory().resolve(name);
      Optional<byte[]> content = files.read(file, LIMIT);
      if (content.isPresent()) {
        List<X509Certificate> certificates = Pem.certificates(content.get(), Broken.REFUSED);
        if (!certificates.isEmpty()) {
          return certificates;
        }
        why = "there is no certificate in it";
      } else {
        why = "there is no such file";
      }
    } catch (IOException | CertificateException e) {
      why = String.valueOf(e.getMessage());
    } catch (InvalidPathException e) {
      why = "it isn't a path";
    }
    throw new AtmosException(
        ExitCode.USAGE,
        BUNDLE + " names " + name + ", which can't be used: " + why,
        "name a file of certificates in PEM, or unset " + BUNDLE);
  }

  private List<X509Certificate> ofTheSystem() {
    List<X509Certificate> certificates = new ArrayList<>(authorities.ofTheSystem());
    Optional<String> named = environment.nonEmpty("SSL_CERT_FILE");
    for (String name : named.isPresent() ? List.of(named.get()) : SYSTEM_FILES) {
      List<X509Certificate> found = readable(name);
      if (!found.isEmpty()) {
        certificates.addAll(found);
        break;
      }
    }
    return certificates;
  }

  /** A store that is missing or can't be read adds no authority. */
  private List<X509Certificate> readable(String name) {
    try {
      Optional<byte[]> content = files.read(directories.workingDirectory().resolve(name), LIMIT);
      return content.isPresent() ? Pem.certificates(content.get(), Broken.SKIPPED) : List.of();
    } catch (IOException | CertificateException | InvalidPathException e) {
      return List.of();
    }
  }
}
