package dev.atmos.aws.eks.doctor;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeContext.LoginEntry;
import dev.atmos.services.kube.KubeContext.ServerEntry;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Checks the entries of a context: whether kubectl can use them, and by atmos. */
final class EntryCheck {
  private static final int LARGEST = 1 << 20;
  private static final int UUID_LENGTH = 36;

  private final KubeContext context;
  private final ReadOnlyFiles files;
  private final Cures cures;

  EntryCheck(KubeContext context, ReadOnlyFiles files, Cures cures) {
    this.context = context;
    this.files = files;
    this.cures = cures;
  }

  /**
   * The server of a context.
   *
   * @param authority the certificates that it is verified by, in PEM; null for the system's
   */
  record Server(URI url, @Nullable String authority, ServerEntry entry) {}

  /**
   * The server.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if the entry of the cluster has a fault
   */
  Server server() {
    ServerEntry server = context.server();
    if (server == null) {
      throw missing("cluster", context.cluster());
    }
    if (server.unverified()) {
      throw new AtmosException(
          ExitCode.FAILED,
          "the entry of the cluster turns the verification of its certificate off",
          cures.setCluster("--insecure-skip-tls-verify=false"));
    }
    URI url = url(server.url());
    try {
      String data = server.authority();
      Path file = server.authorityFile();
      if (data == null && file != null) {
        byte[] content =
            files.read(file, LARGEST).orElseThrow(() -> new IOException("there is no such file"));
        data = Base64.getEncoder().encodeToString(content);
      }
      return new Server(url, data == null ? null : pem(new ClusterCertificate(data)), server);
    } catch (IllegalArgumentException | IOException e) {
      String source = server.authority() == null ? " (" + server.authorityFile() + ")" : "";
      throw fault("its certificate authority can't be used" + source + ": " + e.getMessage());
    }
  }

  private static String pem(ClusterCertificate certificate) {
    byte[] bytes = Base64.getDecoder().decode(certificate.data());
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private URI url(@Nullable String text) {
    try {
      URI url = new URI(text == null ? "" : text);
      if ("https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // The next line says it.
    }
    throw fault("its server isn't an https URL, without which kubectl sends no token");
  }

  /**
   * Who signs for what.
   *
   * @param cluster the name that tokens are signed for; of a local cluster on Outposts, its id
   * @param identity as it is written; null where none is
   */
  record Login(ExecEntry exec, ClusterName cluster, Region region, @Nullable String identity) {}

  /**
   * The command of the user.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if the entry of the user has a fault, or
   *     isn't ours
   */
  Login login() {
    LoginEntry login = context.login();
    if (login == null) {
      throw missing("user", context.user());
    }
    ExecEntry exec = login.exec();
    if (exec == null) {
      throw fault("its user gets no token from atmos");
    }
    if (!exec.isToken()) {
      throw fault(
          "its user gets a token from "
              + DisplayNames.quoted(String.valueOf(exec.command()))
              + ", and not from atmos");
    }
    if (!login.others().isEmpty()) {
      throw fault("its user has '" + login.others().getFirst() + "' beside the command of atmos");
    }
    String version = exec.apiVersion();
    if (!ExecPlugin.V1BETA1.equals(version) && !ExecPlugin.V1.equals(version)) {
      throw fault("the apiVersion of its command is none that kubectl takes");
    }
    if (ExecPlugin.V1.equals(version) && exec.interactiveMode() == null) {
      throw fault("its command has no interactiveMode, without which kubectl doesn't run it");
    }
    String name = exec.option("--cluster-name", "--cluster-id");
    String region = exec.option("--region", "--region");
    if (name == null || region == null) {
      throw fault("its command has no " + (name == null ? "--cluster-name" : "--region"));
    }
    try {
      Login found =
          new Login(
              exec,
              ClusterName.of("its --cluster-name", name),
              Region.of("its --region", region),
              exec.option("--identity", "-i"));
      requireSame(found);
      return found;
    } catch (AtmosException e) {
      throw e.exitCode() == ExitCode.FAILED ? e : fault(e.sentence());
    }
  }

  private void requireSame(Login login) {
    ClusterArn arn = context.arn();
    String name = login.cluster().text();
    // The id of a local cluster on Outposts isn't in its ARN.
    boolean id = name.length() == UUID_LENGTH && name.indexOf('-') == 8;
    if (arn != null
        && !(arn.region().equals(login.region().text()) && (id || arn.cluster().equals(name)))) {
      throw fault(
          "its user signs for cluster '"
              + name
              + "' in "
              + login.region().text()
              + ", and its cluster is "
              + arn);
    }
  }

  private AtmosException missing(String kind, @Nullable String name) {
    return fault(
        name == null
            ? "it names no " + kind
            : "its " + kind + " " + DisplayNames.quoted(name) + " is in no kubeconfig");
  }

  private AtmosException fault(String sentence) {
    return new AtmosException(ExitCode.FAILED, TerminalText.line(sentence), cures.update());
  }
}
