package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.convert.Conversion;
import dev.atmos.aws.eks.convert.EntryConverter;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.kube.ExecReplacement;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigReader;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code atmos aws eks convert-kubeconfig}: has kubeconfig entries of other programs run atmos. All
 * but their commands stays as it is.
 */
public final class ConvertKubeconfigCommand {
  private final Services services;
  private final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");
  private final OptionSpec dryRun =
      OptionSpec.builder("--dry-run")
          .type(boolean.class)
          .description("Report what would change, and change nothing.")
          .build();
  private final OptionSpec context =
      text("--context", "<name>", "Convert the user of this context only.");
  private final OptionSpec kubeconfig =
      text(
          "--kubeconfig",
          "<file>",
          "The kubeconfig, in place of those of KUBECONFIG or else ~/.kube/config.");
  private final OptionSpec identity;

  private ConvertKubeconfigCommand(Services services) {
    this.services = services;
    this.identity =
        OptionSpec.builder("-i", "--identity")
            .arity("1")
            .type(String.class)
            .paramLabel("<name>")
            .description(
                "The identity to use the clusters with. Default: the one of their account, or of"
                    + " the role that they are used with.")
            .completionCandidates(new CompletionValues(services, CompletionValues.IDENTITIES))
            .build();
  }

  private static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    ConvertKubeconfigCommand command = new ConvertKubeconfigCommand(services);
    Callable<Integer> parsed = command::run;
    CommandSpec spec = CommandSpec.wrapWithoutInspection(parsed);
    spec.addOption(command.identity)
        .addOption(command.context)
        .addOption(command.kubeconfig)
        .addOption(command.dryRun);
    command.output.addTo(spec);
    spec.usageMessage()
        .customSynopsis("atmos aws eks convert-kubeconfig [options]")
        .description(
            "",
            "Have kubeconfig entries run atmos that run the AWS CLI, aws-iam-authenticator or the"
                + " atmos written in Go so far, as those of eksctl and of Terraform do.",
            "",
            "Only the commands of the user entries change; names, contexts, clusters and comments"
                + " stay, byte for byte. An entry with a role gets the identity that is that role;"
                + " one with an AWS profile keeps the profile. What can't be converted is reported"
                + " and left as it is. Asks AWS nothing.",
            "")
        .footer(
            "",
            "See what would change, then do it:",
            "",
            "  atmos aws eks convert-kubeconfig --dry-run",
            "  atmos aws eks convert-kubeconfig",
            "",
            "One context, with an identity of your own choice:",
            "",
            "  atmos aws eks convert-kubeconfig --context demo -i dev-admin");
    return spec;
  }

  private int run() {
    KubeconfigTarget target = target();
    KubeconfigEditor editor = services.service(KubeconfigEditor.class);
    List<Conversion> conversions = new ArrayList<>();
    for (Conversion each :
        new EntryConverter(services, identity.getValue()).convert(contexts(target))) {
      conversions.add(checked(editor, target, each));
    }
    List<ExecReplacement> replacements =
        conversions.stream().map(Conversion::replacement).filter(Objects::nonNull).toList();
    KubeconfigChange change = KubeconfigChange.replacing(target, replacements);
    KubeconfigPlan plan = isDryRun() ? editor.plan(change) : editor.apply(change);
    plan.warnings().forEach(warning -> say("atmos: " + warning));
    if (output.isJson()) {
      services.console().answer(services.service(DataFormats.class).json(json(conversions, plan)));
    } else {
      conversions.forEach(this::report);
      say(summary(conversions.size(), replacements.size()));
    }
    return 0;
  }

  private boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun.getValue());
  }

  private KubeconfigTarget target() {
    try {
      return new KubeconfigTarget(kubeconfig.getValue(), null, FileMode.PRIVATE);
    } catch (IllegalArgumentException e) {
      throw new AtmosException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** The contexts whose users are looked at, and those that share a user with them. */
  private List<KubeContext> contexts(KubeconfigTarget target) {
    List<KubeContext> all = services.service(KubeconfigReader.class).contexts(target);
    String only = context.getValue();
    if (only == null) {
      return all;
    }
    String user =
        all.stream()
            .filter(each -> each.name().equals(only))
            .findFirst()
            .map(each -> String.valueOf(each.user()))
            .orElseThrow(() ->
                new AtmosException(
                    ExitCode.USAGE,
                    "the kubeconfig has no context " + TerminalText.line("'" + only + "'"),
                    "see those that are there: kubectl config get-contexts"));
    return all.stream().filter(each -> user.equals(each.user())).toList();
  }

  /** An entry whose text can't be edited, as an alias refers to it, doesn't keep the others. */
  private static Conversion checked(
      KubeconfigEditor editor, KubeconfigTarget target, Conversion conversion) {
    ExecReplacement replacement = conversion.replacement();
    if (replacement != null) {
      try {
        var _ = editor.plan(KubeconfigChange.replacing(target, List.of(replacement)));
      } catch (AtmosException e) {
        return conversion.left(e.sentence(), e.hint().orElse(null));
      }
    }
    return conversion;
  }

  private void report(Conversion each) {
    String contexts = String.join(", ", each.names());
    if (each.replacement() == null) {
      String hint = each.hint() == null ? "" : "; " + each.hint();
      say(contexts + ": left as it is (" + each.program() + "): " + each.reason() + hint);
      return;
    }
    String identity =
        each.identity() != null
            ? "identity " + each.identity()
            : each.profile() != null
                ? "AWS profile " + each.profile()
                : "the credentials of the environment";
    say(
        (isDryRun() ? "" : "\u2713 ")
            + contexts
            + ": "
            + each.program()
            + " \u2192 atmos, with "
            + identity
            + " ("
            + each.file()
            + ")");
  }

  private String summary(int all, int converted) {
    String verb = isDryRun() ? " would be converted" : " converted";
    return all == 0
        ? "no entry runs another program for EKS"
        : converted
            + (converted == 1 ? " entry" : " entries")
            + verb
            + (all == converted ? "" : ", " + (all - converted) + " left as they are");
  }

  private Map<String, @Nullable Object> json(List<Conversion> conversions, KubeconfigPlan plan) {
    List<Object> entries = new ArrayList<>();
    for (Conversion each : conversions) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("user", each.user());
      entry.put("contexts", each.names());
      entry.put("file", each.file().toString());
      entry.put("program", each.program());
      entry.put("converted", each.replacement() != null);
      entry.put("cluster", each.cluster());
      entry.put("region", each.region());
      entry.put("account", each.account());
      entry.put("identity", each.identity());
      entry.put("profile", each.profile());
      entry.put("reason", each.reason());
      entry.put("hint", each.hint());
      entries.add(entry);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("dryRun", isDryRun());
    answer.put("entries", entries);
    answer.put("files", plan.files().stream().map(file -> file.path().toString()).toList());
    return answer;
  }

  private void say(String line) {
    services.console().say(TerminalText.line(line));
  }
}
