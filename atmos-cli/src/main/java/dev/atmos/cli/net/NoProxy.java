package dev.atmos.cli.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy: names, which stand for all names that end in them as
 * well, addresses and blocks of them ({@code 10.0.0.0/8}), each with a port where it is for that
 * one only; {@code *} for all. Entries are separated by commas or spaces. This machine itself and
 * link-local addresses are always among them.
 *
 * @see <a href="https://curl.se/docs/manpage.html#NOPROXY">curl's NO_PROXY</a>
 */
final class NoProxy {
  private final String[] entries;

  /** By the text of the variable. */
  NoProxy(String text) {
    entries = text.toLowerCase(Locale.ROOT).split("[,\\s]+");
  }

  /**
   * Whether a host is reached without a proxy.
   *
   * @param host a name or an address, as in a URL
   */
  boolean covers(String host, int port) {
    String name = withoutDot(withoutBrackets(host.toLowerCase(Locale.ROOT)));
    byte[] address = address(name);
    if (address == null ? isThisMachine(name) : isNear(name)) {
      return true;
    }
    for (String entry : entries) {
      if (covers(entry, name, address, port)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String entry, String name, byte @Nullable [] address, int port) {
    if (entry.isEmpty()) {
      return false;
    }
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      return address != null && isInBlock(address, entry.substring(0, slash), entry, slash);
    }
    String wanted = entry;
    int colon = entry.lastIndexOf(':');
    boolean versionSix = entry.indexOf(':') != colon && !entry.startsWith("[");
    if (colon > entry.lastIndexOf(']') && !versionSix) {
      if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      wanted = entry.substring(0, colon);
    }
    if (wanted.equals("*")) {
      return true;
    }
    if (address != null) {
      return Arrays.equals(address(withoutBrackets(wanted)), address);
    }
    wanted = withoutDot(wanted.replaceFirst("^\\*?\\.", ""));
    return !wanted.isEmpty() && (name.equals(wanted) || name.endsWith("." + wanted));
  }

  private static boolean isInBlock(byte[] address, String network, String entry, int slash) {
    byte[] block = address(withoutBrackets(network));
    int bits;
    try {
      bits = Integer.parseInt(entry.substring(slash + 1));
    } catch (NumberFormatException e) {
      return false;
    }
    if (block == null || block.length != address.length || bits < 0 || bits > 8 * block.length) {
      return false;
    }
    BigInteger difference = new BigInteger(1, block).xor(new BigInteger(1, address));
    return difference.bitLength() <= 8 * block.length - bits;
  }

  private static boolean isThisMachine(String name) {
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  private static boolean isNear(String literal) {
    InetAddress address = InetAddress.ofLiteral(literal);
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        // The metadata services over IPv6 have unique local addresses of their own.
        || literal.equals("fd00:ec2::254")
        || literal.equals("fd00:ec2::23");
  }

  private static byte @Nullable [] address(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
