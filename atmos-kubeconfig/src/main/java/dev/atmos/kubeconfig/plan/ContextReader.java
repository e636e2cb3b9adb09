package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.plan.Planner.Source;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeContext.LoginEntry;
import dev.atmos.services.kube.KubeContext.ServerEntry;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the contexts of kubeconfigs as kubectl merges them. */
public final class ContextReader {
  /** What a user entry may have beside {@code exec}; kubectl runs no command beside the first. */
  private static final List<String> OTHERS =
      List.of(
          "token",
          "tokenFile",
          "username",
          "client-certificate",
          "client-certificate-data",
          "auth-provider");

  private ContextReader() {}

  /**
   * The contexts, in the order of precedence.
   *
   * @param sources the files, in that order; at least one
   * @throws BrokenFileException if one of them isn't a kubeconfig
   */
  public static List<KubeContext> read(List<Source> sources) throws BrokenFileException {
    List<KubeconfigDocument> files = new ArrayList<>();
    for (Source source : sources) {
      files.add(new KubeconfigDocument(source));
    }
    MergedView view = new MergedView(files);
    String current = view.currentContext();
    List<KubeContext> contexts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (KubeconfigDocument file : files) {
      for (Entry context : file.entries(Kind.CONTEXT).values()) {
        if (seen.add(context.name)) {
          contexts.add(context(view, context, context.name.equals(current)));
        }
      }
    }
    return contexts;
  }

  private static KubeContext context(MergedView view, Entry context, boolean current) {
    String cluster = context.cluster();
    String user = context.user();
    Entry server = cluster == null ? null : view.get(Kind.CLUSTER, cluster);
    Entry login = user == null ? null : view.get(Kind.USER, user);
    return new KubeContext(
        context.name,
        current,
        context.file().source().path(),
        cluster,
        user,
        server == null ? null : server(server),
        login == null ? null : login(login),
        cluster == null ? null : view.arnOf(cluster));
  }

  private static ServerEntry server(Entry entry) {
    YamlNode.Mapping body = entry.body();
    String authority = text(body, "certificate-authority-data");
    String file = text(body, "certificate-authority");
    String proxy = text(body, "proxy-url");
    return new ServerEntry(
        text(body, "server"),
        authority,
        authority == null && file != null ? beside(entry, file) : null,
        text(body, "tls-server-name"),
        proxy == null ? null : Secret.of(proxy),
        "true".equals(text(body, "insecure-skip-tls-verify")));
  }

  /** Paths are relative to the file that names them. */
  private static @Nullable Path beside(Entry entry, String path) {
    try {
      return entry.file().source().path().resolveSibling(path);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static LoginEntry login(Entry entry) {
    List<String> others = new ArrayList<>();
    for (String name : OTHERS) {
      if (entry.body().pair(name) != null) {
        others.add(name);
      }
    }
    return new LoginEntry(ExecArguments.read(entry), others);
  }

  /** A text; null where it is empty, which kubectl takes for none. */
  private static @Nullable String text(YamlNode.Mapping body, String key) {
    String text = body.text(key);
    return text == null || text.isEmpty() ? null : text;
  }
}
