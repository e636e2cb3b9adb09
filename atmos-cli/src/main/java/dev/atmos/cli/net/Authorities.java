package dev.atmos.cli.net;

import java.security.cert.X509Certificate;
import java.util.List;

/** Certificate authorities that come from elsewhere than a file. */
public interface Authorities {

  /** Those that Java brings. */
  List<X509Certificate> ofJava();

  /** Those of the operating system, where Java has a door to them: on macOS and Windows. */
  List<X509Certificate> ofTheSystem();
}
