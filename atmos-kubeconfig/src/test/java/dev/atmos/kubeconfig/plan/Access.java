package dev.atmos.kubeconfig.plan;

import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.ExecPlugin.InteractiveMode;
import dev.atmos.services.kube.ExecPlugin.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses as a feature asks for them. */
public record Access(
    String cluster,
    String region,
    String account,
    @Nullable String identity,
    @Nullable String alias,
    @Nullable String userAlias,
    String server) {

  public static Access to(String cluster) {
    return new Access(
        cluster,
        "us-east-2",
        "111122223333",
        "dev-admin",
        null,
        null,
        "https://k.example.com/" + cluster);
  }

  public Access in(String otherRegion) {
    return new Access(
        cluster, otherRegion, account, identity, alias, userAlias, server + "/" + otherRegion);
  }

  public Access of(String otherAccount) {
    return new Access(
        cluster, region, otherAccount, identity, alias, userAlias, server + "/" + otherAccount);
  }

  public Access as(@Nullable String who) {
    return new Access(cluster, region, account, who, alias, userAlias, server);
  }

  public Access alias(String name) {
    return new Access(cluster, region, account, identity, name, userAlias, server);
  }

  public Access userAlias(String name) {
    return new Access(cluster, region, account, identity, alias, name, server);
  }

  public Access at(String otherServer) {
    return new Access(cluster, region, account, identity, alias, userAlias, otherServer);
  }

  public ClusterArn arn() {
    return new ClusterArn("aws", region, account, cluster);
  }

  public ClusterAccess access() {
    List<String> args =
        new ArrayList<>(
            List.of("aws", "eks", "token", "--cluster-name", cluster, "--region", region));
    if (identity != null) {
      args.add("--identity");
      args.add(identity);
    }
    return new ClusterAccess(
        arn(),
        server,
        new ClusterCertificate(ca(cluster)),
        identity,
        alias,
        userAlias,
        cluster + "/eks",
        new ExecPlugin(
            ExecPlugin.V1BETA1,
            "atmos",
            args,
            List.of(new Variable("ATMOS_CONFIG", ""), new Variable("ATMOS_PROFILE", "")),
            "atmos isn't on PATH",
            InteractiveMode.NEVER));
  }

  public static String ca(String text) {
    String body = Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }
}
