package dev.atmos.kubeconfig.plan;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kube.KubeconfigEntry;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.ExecPlugin.InteractiveMode;
import dev.atmos.services.kube.ExecPlugin.Variable;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KubeconfigEntry} whose values kubectl accepts.
 *
 * @param name the name of the context, the cluster and the user
 */
public record PluginEntry(
    String name,
    String server,
    @Nullable ClusterCertificate certificateAuthority,
    @Nullable String namespace,
    ExecPlugin exec) {

  /**
   * Checks an entry.
   *
   * @throws AtmosException with {@link ExitCode#FAILED} if kubectl would not accept it
   */
  public static PluginEntry of(KubeconfigEntry entry) {
    try {
      NameSyntax.check("the name of the context", entry.context(), NameSyntax.NAME);
      NameSyntax.checkServer(entry.server());
      String namespace = entry.namespace().orElse(null);
      if (namespace != null) {
        NameSyntax.check("the namespace", namespace, NameSyntax.NAME);
      }
      return new PluginEntry(
          entry.context(),
          entry.server(),
          entry.certificateAuthorityData().map(ClusterCertificate::new).orElse(null),
          namespace,
          exec(entry));
    } catch (IllegalArgumentException e) {
      throw new AtmosException(
          ExitCode.FAILED,
          "no kubeconfig can hold the entry "
              + DisplayNames.quoted(entry.context())
              + ": "
              + e.getMessage());
    }
  }

  private static ExecPlugin exec(KubeconfigEntry entry) {
    List<Variable> variables = new ArrayList<>();
    entry.variables().forEach((name, value) -> variables.add(new Variable(name, value)));
    List<String> words = entry.command();
    return new ExecPlugin(
        ExecPlugin.V1,
        words.getFirst(),
        words.subList(1, words.size()),
        variables,
        null,
        InteractiveMode.IF_AVAILABLE);
  }
}
