package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.kubeconfig.PlanFormatter;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies changes, or plans them for a dry run, and reports them to a person or a program. */
final class UpdateOutput {

  /** From the one that waiting may resolve to a defect. */
  private static final List<ExitCode> BY_SEVERITY =
      List.of(
          ExitCode.UNAVAILABLE,
          ExitCode.FAILED,
          ExitCode.SIGN_IN_REQUIRED,
          ExitCode.DENIED,
          ExitCode.USAGE,
          ExitCode.PLUGIN,
          ExitCode.INTERRUPTED,
          ExitCode.BUG);

  private final Services services;
  private final UpdateOptions options;
  private final boolean json;
  private final List<KubeconfigPlan> plans = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> failures = new ArrayList<>();
  private @Nullable ExitCode worst;

  UpdateOutput(Services services, UpdateOptions options) {
    this.services = services;
    this.options = options;
    this.json = options.output.isJson();
  }

  /**
   * Reports that a cluster failed, of several, or a region.
   *
   * @param cluster null where a region's clusters could not be listed
   */
  void failed(
      @Nullable ClusterName cluster,
      Region region,
      @Nullable String identity,
      AtmosException failure) {
    ExitCode code = failure.exitCode();
    if (worst == null || BY_SEVERITY.indexOf(code) > BY_SEVERITY.indexOf(worst)) {
      worst = code;
    }
    String hint = failure.hint().orElse(null);
    String sentence = failure.sentence().lines().findFirst().orElse("");
    say("atmos: " + sentence + (hint == null ? "" : "; " + hint));
    failures.add(
        tree(
            "cluster",
            cluster == null ? null : cluster.text(),
            "region",
            region.text(),
            "identity",
            identity,
            "message",
            sentence,
            "hint",
            hint,
            "exitCode",
            code.code()));
  }

  /** Whether a failure was reported. */
  boolean hasFailures() {
    return worst != null;
  }

  /** Makes a change, unless this is a dry run, and reports it. */
  void change(KubeconfigChange change) {
    KubeconfigEditor kubeconfigs = services.service(KubeconfigEditor.class);
    KubeconfigPlan plan = options.dryRun ? kubeconfigs.plan(change) : kubeconfigs.apply(change);
    plans.add(plan);
    if (json || options.dryRun) {
      plan.warnings().forEach(warning -> say("atmos: " + warning));
      return;
    }
    if (options.verbose) {
      plan.lines().forEach(this::say);
    }
    PlanFormatter formatter = new PlanFormatter(kubeconfigs, change.target(), plan);
    formatter.done().forEach(line -> say("\u2713 " + line));
    if (options.all) {
      plan.warnings().forEach(this::say);
      say(formatter.summary() + (failures.isEmpty() ? "" : ", " + failures.size() + " failed"));
    } else {
      formatter.unchanged().forEach(this::say);
      formatter.hints().forEach(this::say);
    }
    String current = formatter.currentContext();
    if (current != null) {
      say(current);
    }
  }

  /** Prints a kubeconfig of nothing but the clusters. */
  void print(KubeconfigPlan plan) {
    plan.warnings().forEach(warning -> say("atmos: " + warning));
    // It holds no secrets: its users run a command.
    services.console().answer(plan.files().getFirst().preview().reveal());
  }

  /** Prints the answer, if there is one; returns the exit code. */
  int end() {
    if (!plans.isEmpty() || options.all) {
      if (json) {
        services.console().answer(services.service(DataFormats.class).json(answer()));
      } else if (options.dryRun) {
        services.console().answer(dryRun());
      }
    }
    return worst == null ? 0 : worst.code();
  }

  /** Reports a line. */
  void say(String line) {
    services.console().say(TerminalText.line(line));
  }

  private String dryRun() {
    StringBuilder text = new StringBuilder();
    StringBuilder files = new StringBuilder();
    for (KubeconfigPlan plan : plans) {
      plan.lines().forEach(line -> text.append(TerminalText.line(line)).append('\n'));
      for (FileChange file : plan.files()) {
        files.append("--- ").append(TerminalText.line(file.path().toString())).append('\n');
        // The user has asked for the file, which may hold tokens.
        files.append(file.preview().reveal());
      }
    }
    if (text.isEmpty()) {
      text.append("nothing would change\n");
    }
    return options.verbose ? text.append(files).toString() : text.toString();
  }

  private Map<String, @Nullable Object> answer() {
    List<Object> clusters = new ArrayList<>();
    List<Object> files = new ArrayList<>();
    String current = null;
    for (KubeconfigPlan plan : plans) {
      for (Access access : plan.clusters()) {
        clusters.add(
            tree(
                "arn", access.arn().toString(),
                "identity", access.identity(),
                "cluster", access.clusterEntry(),
                "context", access.context(),
                "user", access.user(),
                "current", access.current()));
      }
      for (FileChange file : plan.files()) {
        List<Object> changes = new ArrayList<>();
        for (EntryChange change : file.changes()) {
          changes.add(
              tree(
                  "action", change.action().name().toLowerCase(Locale.ROOT),
                  "kind", change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  "name", change.name(),
                  "fields", change.fields()));
        }
        files.add(
            tree("path", file.path().toString(), "created", file.created(), "changes", changes));
      }
      current = current == null ? plan.contextAfter() : current;
    }
    return tree(
        "dryRun", options.dryRun,
        "clusters", clusters,
        "files", files,
        "currentContext", current,
        "failures", failures);
  }

  /** A map of keys and values in turn. */
  private static Map<String, @Nullable Object> tree(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tree.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return tree;
  }
}
