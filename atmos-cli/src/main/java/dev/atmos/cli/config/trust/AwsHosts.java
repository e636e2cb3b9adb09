package dev.atmos.cli.config.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs lead to AWS itself. The names of AWS's customers end like AWS's own: {@code
 * <id>.execute-api.<region>.amazonaws.com} and {@code ec2-<address>.compute-1.amazonaws.com} belong
 * to customers. So only names with the form of a service's count: one label for the service, then
 * the region if there is one.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/rande.html">AWS service endpoints</a>
 */
final class AwsHosts {

  /** The suffixes of services' names, in all partitions. */
  private static final String[] SERVICES = {
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "api.aws",
    "api.amazonwebservices.com.cn",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "sc2s.sgov.gov",
    "cloud.adc-e.uk",
    "csp.hci.ic.gov"
  };

  /** Services whose names have two labels. */
  private static final String[] LONG_SERVICES = {"portal.sso", "api.ecr", "api.ecr-public"};

  /** AWS's web sites, which have no customers' names below them: consoles and sign-in pages. */
  private static final String[] SITES = {
    "aws.amazon.com",
    "awsapps.com",
    "awsapps.cn",
    "signin.amazonaws.cn",
    "console.amazonaws.cn",
    "signin.amazonaws-us-gov.com",
    "console.amazonaws-us-gov.com"
  };

  /** The access portals of IAM Identity Center: {@code ssoins-<id>.portal.<region>.app.aws}. */
  private static final String PORTALS = "app.aws";

  private AwsHosts() {}

  /**
   * Whether a URL is one of AWS's: {@code https}, a host of AWS's, its default port, and nothing
   * that another reader of URLs could take for a host.
   */
  static boolean owns(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '\\') {
        return false;
      }
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return false;
    }
    String host = uri.getHost();
    if (host == null || !"https".equalsIgnoreCase(uri.getScheme()) || uri.getRawQuery() != null) {
      return false;
    }
    String authority = uri.getRawAuthority();
    if (!host.equals(authority) && !(host + ":443").equals(authority)) {
      return false;
    }
    return isHost(host.toLowerCase(Locale.ROOT));
  }

  private static boolean isHost(String host) {
    for (String suffix : SERVICES) {
      List<String> labels = labelsBefore(suffix, host);
      if (labels != null) {
        return isService(labels);
      }
    }
    List<String> portal = labelsBefore(PORTALS, host);
    if (portal != null) {
      return portal.size() == 3
          && portal.get(0).startsWith("ssoins-")
          && portal.get(1).equals("portal")
          && isRegion(portal.get(2));
    }
    for (String suffix : SITES) {
      if (host.equals(suffix) || labelsBefore(suffix, host) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isService(List<String> labels) {
    int last = labels.size() - 1;
    int size = isRegion(labels.get(last)) ? last : labels.size();
    if (size == 1) {
      // A bucket may belong to any customer, and may stand in the path.
      return !labels.get(0).startsWith("s3");
    }
    if (size == 2) {
      String name = labels.get(0) + "." + labels.get(1);
      for (String service : LONG_SERVICES) {
        if (service.equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The labels before a suffix; null if the host doesn't end in it, or isn't valid. */
  private static @Nullable List<String> labelsBefore(String suffix, String host) {
    int end = host.length() - suffix.length() - 1;
    if (end < 1 || !host.endsWith(suffix) || host.charAt(end) != '.') {
      return null;
    }
    List<String> labels = new ArrayList<>();
    int start = 0;
    while (start <= end) {
      int dot = host.indexOf('.', start);
      String label = host.substring(start, dot);
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return null;
      }
      labels.add(label);
      start = dot + 1;
    }
    return labels;
  }

  /** {@code us-east-1}: two to four letters, words, and a number of one or two digits. */
  private static boolean isRegion(String label) {
    int dash = label.indexOf('-');
    int last = label.lastIndexOf('-');
    if (dash < 2 || dash > 4 || last == dash || label.contains("--")) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char c = label.charAt(i);
      if (c != '-' && !(c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    int digits = label.length() - last - 1;
    for (int i = last + 1; i < label.length(); i++) {
      if (label.charAt(i) < '0' || label.charAt(i) > '9') {
        return false;
      }
    }
    return digits == 1 || digits == 2;
  }
}
