package dev.atmos.aws.eks.command;

import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandSyntax;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigReader;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TerminalText;
import dev.atmos.text.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code atmos aws eks clusters}: the EKS clusters of the kubeconfigs, and who they are used as.
 */
public final class ClustersCommand implements DirectCommand {
  private final Services services;
  private final CommandSyntax syntax = new CommandSyntax();
  private final CommandOption remote =
      syntax.add(
          CommandOption.flag("--remote")
              .description(
                  "Also list the clusters that AWS has and the kubeconfig lacks, in the accounts"
                      + " and regions of those listed and of the default identity."));
  private final CommandOption kubeconfig =
      syntax.add(
          CommandOption.withValue("<file>", EksOptions.KUBECONFIG)
              .description(EksOptions.ABOUT_KUBECONFIG));
  private final OutputOption output = OutputOption.of("table", "json");

  /** The command with these services. */
  public ClustersCommand(Services services) {
    this.services = services;
    output.addTo(syntax);
    syntax.synopsis("atmos aws eks clusters [--remote] [-o FORMAT] [options]");
    syntax.description(
        "List the EKS clusters of the kubeconfig: who each is used as, and whether that"
            + " identity is signed in, in the configuration that the entry names. Without"
            + " --remote, it uses no network and asks no keyring.");
    syntax.examples(
        "  atmos aws eks clusters",
        "  atmos aws eks clusters --output json",
        "  atmos aws eks clusters --remote     with those that the kubeconfig lacks");
  }

  @Override
  public CommandSyntax syntax() {
    return syntax;
  }

  @Override
  public int run() {
    boolean json = output.isJson();
    KubeconfigTarget target = EksOptions.target(kubeconfig.value());
    EntryIdentities identities = new EntryIdentities(services);
    List<ListedCluster> rows = new ArrayList<>();
    for (KubeContext context : services.service(KubeconfigReader.class).contexts(target)) {
      if (ListedCluster.isOfEks(context)) {
        rows.add(identities.listed(context));
      }
    }
    if (remote.isGiven()) {
      rows.addAll(new RemoteClusters(services).besides(rows, identities.places()));
    }
    if (json) {
      List<Object> trees = new ArrayList<>();
      for (ListedCluster row : rows) {
        trees.add(row.tree());
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("clusters", trees);
      services.console().answer(services.service(DataFormats.class).json(tree));
    } else if (rows.isEmpty()) {
      services
          .console()
          .say(
              "atmos: no EKS cluster is in the kubeconfig; add one: atmos aws eks"
                  + " update-kubeconfig --name NAME --region REGION");
    } else {
      services.console().answer(table(rows));
    }
    return 0;
  }

  private static String table(List<ListedCluster> rows) {
    TextTable table = new TextTable();
    table.row("", "CONTEXT", "CLUSTER", "REGION", "ACCOUNT", "IDENTITY", "SIGN-IN");
    for (ListedCluster row : rows) {
      table.row(
          row.current() ? "*" : "",
          cell(row.context()),
          cell(row.cluster()),
          cell(row.region()),
          cell(row.account()),
          cell(row.identity()),
          signIn(row));
    }
    return table.render();
  }

  private static String cell(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  private static String signIn(ListedCluster row) {
    if (row.context() == null) {
      return "not in the kubeconfig; run: "
          + EksOptions.updateCommand(row.cluster(), row.region(), row.identity());
    }
    if (row.standing() == null) {
      return row.command() == null
          ? "gets no credentials from a program"
          : "gets its credentials from " + ShellQuoting.word(TerminalText.line(row.command(), 40));
    }
    String command = row.standing().command();
    return row.standing().words() + (command == null ? "" : "; run: " + command);
  }
}
