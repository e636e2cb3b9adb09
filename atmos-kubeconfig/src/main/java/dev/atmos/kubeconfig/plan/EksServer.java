package dev.atmos.kubeconfig.plan;

import java.net.URI;

/** Whether a server of a kubeconfig is one that EKS gives to a cluster. */
final class EksServer {
  private EksServer() {}

  static boolean isOne(String server) {
    try {
      String host = URI.create(server).getHost();
      return host != null && host.matches("[^.]+\\..*\\beks(-cluster)?\\.[a-z0-9.-]+");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
