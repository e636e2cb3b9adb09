package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.doctor.Check;
import dev.atmos.aws.eks.doctor.Cures;
import dev.atmos.aws.eks.doctor.Examination;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigReader;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos aws eks doctor}: why a cluster can't be used, and what helps. */
public final class DoctorCommand implements Callable<Integer> {
  private static final String LIST = "list the contexts: atmos aws eks clusters";

  private final Services services;
  private final PositionalParamSpec name;
  private final OptionSpec kubeconfig = EksOptions.kubeconfig();
  private final OutputOption output = OutputOption.of("text", "json");

  private DoctorCommand(Services services) {
    this.services = services;
    this.name =
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("CONTEXT")
            .completionCandidates(new ContextNames(services))
            .description("The context to examine; the current one if it is left out.")
            .build();
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    DoctorCommand command = new DoctorCommand(services);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.name).addOption(command.kubeconfig);
    command.output.addTo(spec);
    spec.usageMessage()
        .customSynopsis("atmos aws eks doctor [CONTEXT] [-o FORMAT] [options]")
        .description(
            "",
            "Find out why an EKS cluster can't be used. Each check is printed with what came of"
                + " it, and a failed one with what helps: the entry in the kubeconfig, its"
                + " command, its identity and credentials, the clock, the token, the endpoint and"
                + " its certificate, the answer of the API server, and what EKS says.",
            "",
            "The identity is the entry's, in the configuration that the entry names. Nothing is"
                + " changed, and you are asked nothing. The exit code is 0 if all is well,"
                + " else that of the first failed check.",
            "")
        .footer("", "  atmos aws eks doctor", "  atmos aws eks doctor dev --output json");
    return spec;
  }

  /**
   * @throws AtmosException if there is no such context, or a file isn't a kubeconfig
   */
  @Override
  public Integer call() {
    boolean json = output.isJson();
    String option = kubeconfig.getValue();
    KubeContext context =
        chosen(services.service(KubeconfigReader.class).contexts(EksOptions.target(option)));
    ListedCluster listed = ListedCluster.of(context, null, null);
    ExecEntry exec = context.exec();
    String written = exec == null || !exec.isToken() ? null : exec.option("--identity", "-i");
    Cures cures = new Cures(context, listed.cluster(), listed.region(), written, option);
    Examination examination = new Examination(services, cures);
    List<Check> checks = examination.checks();
    if (json) {
      services
          .console()
          .answer(services.service(DataFormats.class).json(tree(listed, examination, checks)));
    } else {
      services.console().answer(text(listed, checks));
    }
    for (Check check : checks) {
      if (check.exitCode() != null) {
        return check.exitCode().code();
      }
    }
    return 0;
  }

  private KubeContext chosen(List<KubeContext> contexts) {
    String wanted = name.getValue();
    List<String> names = new ArrayList<>();
    for (KubeContext context : contexts) {
      if (wanted == null ? context.current() : context.name().equals(wanted)) {
        return context;
      }
      names.add(context.name());
    }
    if (wanted == null) {
      throw new AtmosException(
          ExitCode.USAGE, "the kubeconfig has no current context", "name a context; " + LIST);
    }
    String hint = NearestNames.question(wanted, names).orElse(LIST);
    throw new AtmosException(
        ExitCode.USAGE, "there is no context " + DisplayNames.quoted(wanted), hint);
  }

  private String text(ListedCluster listed, List<Check> checks) {
    boolean symbols = TerminalMode.takesSymbols(services.environment());
    StringBuilder text = new StringBuilder();
    text.append(TerminalText.line(String.valueOf(listed.context()))).append('\n');
    for (Check check : checks) {
      text.append("  ")
          .append(TerminalText.padded(mark(check.state(), symbols), symbols ? 2 : 5))
          .append(TerminalText.padded(check.name(), 15))
          .append(TerminalText.line(check.message()))
          .append('\n');
      if (check.cure() != null) {
        text.append(" ".repeat(symbols ? 19 : 22))
            .append(symbols ? "\u2192 " : "-> ")
            .append(TerminalText.line(check.cure()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String mark(Check.State state, boolean symbols) {
    return switch (state) {
      case OK -> symbols ? "\u2713" : "ok";
      case FAILED -> symbols ? "\u2717" : "no";
      case WARNING -> "!";
      case UNKNOWN -> "?";
      case SKIPPED -> "-";
    };
  }

  /** All keys are always there. */
  private static Map<String, @Nullable Object> tree(
      ListedCluster listed, Examination examination, List<Check> checks) {
    List<Object> rows = new ArrayList<>();
    boolean ok = true;
    for (Check check : checks) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("name", check.name());
      row.put("state", check.state().name().toLowerCase(Locale.ROOT));
      row.put("message", check.message());
      row.put("cure", check.cure());
      row.put("exit_code", check.exitCode() == null ? null : check.exitCode().code());
      ok &= check.exitCode() == null;
      rows.add(row);
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("context", listed.context());
    tree.put("cluster", listed.cluster());
    tree.put("region", listed.region());
    tree.put("account", listed.account());
    tree.put("identity", examination.identity());
    tree.put("ok", ok);
    tree.put("checks", rows);
    return tree;
  }
}
