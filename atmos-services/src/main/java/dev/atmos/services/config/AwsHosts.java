package dev.atmos.services.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Which URLs lead to AWS itself. The names of AWS's customers end like AWS's own: {@code
 * <id>.execute-api.<region>.amazonaws.com} and {@code ec2-<address>.compute-1.amazonaws.com} belong
 * to customers. So only names with the form of a service's count: one label for the service, then
 * the region if there is one.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/rande.html">AWS service endpoints</a>
 */
public final class AwsHosts {

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
  private static final List<String> LONG_SERVICES =
      List.of("portal.sso", "api.ecr", "api.ecr-public");

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

  /** The domains of access portals, which have a customer's label of AWS's making before them. */
  private static final String[] PORTAL_SITES = {"awsapps.com", "awsapps.cn"};

  /** The access portals of IAM Identity Center: {@code ssoins-<id>.portal.<region>.app.aws}. */
  private static final String PORTALS = "app.aws";

  private AwsHosts() {}

  /**
   * Whether a URL is one of AWS's: {@code https}, a host of AWS's, its default port, and nothing
   * that another reader of URLs could take for a host.
   */
  public static boolean owns(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return false;
    }
    String host = uri.getHost();
    return host != null
        && "https".equalsIgnoreCase(uri.getScheme())
        && uri.getRawQuery() == null
        && (host.equals(uri.getRawAuthority()) || (host + ":443").equals(uri.getRawAuthority()))
        // Other readers of URLs differ in what they make of other characters.
        && uri.toASCIIString().equals(url)
        && isHost(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a start URL leads to an access portal of AWS's, as {@link StartUrl#normalized} has it:
   * what that leaves out is sent nowhere.
   */
  public static boolean ownsPortal(String startUrl) {
    String sent = StartUrl.normalized(startUrl);
    if (!owns(sent)) {
      return false;
    }
    String host = URI.create(sent).getHost();
    return isPortal(host) || isBelow(PORTAL_SITES, host);
  }

  private static boolean isHost(String host) {
    for (String suffix : SERVICES) {
      String[] labels = labelsBefore(suffix, host);
      if (labels.length > 0) {
        return isService(labels);
      }
    }
    return isPortal(host) || isBelow(SITES, host) || List.of(SITES).contains(host);
  }

  /**
   * Whether a host has pages on which users approve a sign-in to IAM Identity Center.
   *
   * @param host in lower case
   */
  public static boolean isSignInPage(String host) {
    for (String suffix : SERVICES) {
      String[] labels = labelsBefore(suffix, host);
      if (labels.length == 3) {
        return labels[0].equals("device") && labels[1].equals("sso") && Region.isRegion(labels[2]);
      }
    }
    return isPortal(host) || isBelow(PORTAL_SITES, host);
  }

  private static boolean isPortal(String host) {
    String[] labels = labelsBefore(PORTALS, host);
    return labels.length == 3
        && labels[0].startsWith("ssoins-")
        && labels[1].equals("portal")
        && Region.isRegion(labels[2]);
  }

  private static boolean isBelow(String[] suffixes, String host) {
    for (String suffix : suffixes) {
      if (labelsBefore(suffix, host).length > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isService(String[] labels) {
    int size = Region.isRegion(labels[labels.length - 1]) ? labels.length - 1 : labels.length;
    if (size == 1) {
      // A bucket may belong to any customer, and may stand in the path.
      return !labels[0].startsWith("s3");
    }
    return size == 2 && LONG_SERVICES.contains(labels[0] + "." + labels[1]);
  }

  /** The labels before a suffix; none if the host doesn't end in it, or isn't valid. */
  private static String[] labelsBefore(String suffix, String host) {
    String[] none = {};
    int end = host.length() - suffix.length() - 1;
    if (end < 1 || !host.endsWith(suffix) || host.charAt(end) != '.') {
      return none;
    }
    String[] labels = host.substring(0, end).split("\\.", -1);
    for (String label : labels) {
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return none;
      }
    }
    return labels;
  }
}
