package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.Access;
import dev.atmos.services.kube.KubeconfigPlan.EntryChange;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command tells, and what it ends with: texts for a person, or a tree for a program. */
final class Report {

  /** What can be mended by waiting is less bad than what can't; a defect is worst. */
  private static final List<ExitCode> BY_BADNESS =
      List.of(
          ExitCode.UNAVAILABLE,
          ExitCode.FAILED,
          ExitCode.SIGN_IN_REQUIRED,
          ExitCode.DENIED,
          ExitCode.USAGE,
          ExitCode.PLUGIN,
          ExitCode.INTERRUPTED,
          ExitCode.BUG);

  private final Services context;
  private final UpdateOptions options;
  private final List<KubeconfigPlan> plans = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> failures = new ArrayList<>();
  private @Nullable ExitCode worst;

  Report(Services context, UpdateOptions options) {
    this.context = context;
    this.options = options;
  }

  /** Something of what was asked for couldn't be done. */
  void failed(Job job, AtmosException failure) {
    ExitCode code = failure.exitCode();
    if (worst == null || BY_BADNESS.indexOf(code) > BY_BADNESS.indexOf(worst)) {
      worst = code;
    }
    Optional<String> hint = failure.hint();
    String sentence = firstLine(failure.sentence());
    context
        .console()
        .say(Shown.line("atmos: " + sentence + (hint.isPresent() ? "; " + hint.get() : "")));
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("cluster", job.cluster().name().text());
    tree.put("region", job.cluster().region().text());
    tree.put("identity", job.identity());
    tree.put("message", sentence);
    tree.put("hint", hint.isPresent() ? hint.get() : null);
    tree.put("exitCode", code.code());
    failures.add(tree);
  }

  /** What was done, or what would be. */
  void planned(PlanText text, KubeconfigPlan plan) {
    plans.add(plan);
    if (isJson() || options.dryRun()) {
      for (String warning : plan.warnings()) {
        say("atmos: " + warning);
      }
      return;
    }
    if (options.verbose()) {
      for (String line : plan.lines()) {
        say(line);
      }
    }
    for (String line : text.done()) {
      say("\u2713 " + line);
    }
    for (String line : text.unchanged()) {
      say(line);
    }
    for (String line : text.hints()) {
      say(line);
    }
    String current = options.remove() ? text.currentAfterRemoval() : text.current();
    if (current != null) {
      say(current);
    }
  }

  /** Gives the answer, if there is to be one; returns the exit code. */
  int end() {
    if (!plans.isEmpty()) {
      if (isJson()) {
        context.console().answer(context.service(DataFormats.class).json(tree()));
      } else if (options.dryRun()) {
        context.console().answer(dryRun());
      }
    }
    return worst == null ? 0 : worst.code();
  }

  private boolean isJson() {
    return "json".equals(options.output());
  }

  private void say(String line) {
    CommandConsole console = context.console();
    console.say(Shown.line(line));
  }

  private String dryRun() {
    StringBuilder text = new StringBuilder();
    for (KubeconfigPlan plan : plans) {
      for (String line : plan.lines()) {
        text.append(Shown.line(line)).append('\n');
      }
    }
    if (text.isEmpty()) {
      text.append("nothing would change\n");
    }
    if (options.verbose()) {
      for (KubeconfigPlan plan : plans) {
        for (FileChange file : plan.files()) {
          text.append("--- ").append(Shown.line(file.path().toString())).append('\n');
          // The user's own file, and asked for: it may well hold tokens.
          text.append(file.preview().reveal());
        }
      }
    }
    return text.toString();
  }

  private Map<String, @Nullable Object> tree() {
    List<Object> clusters = new ArrayList<>();
    List<Object> files = new ArrayList<>();
    String current = null;
    for (KubeconfigPlan plan : plans) {
      for (Access access : plan.clusters()) {
        Map<String, @Nullable Object> cluster = new LinkedHashMap<>();
        cluster.put("arn", access.arn().toString());
        cluster.put("identity", access.identity());
        cluster.put("cluster", access.clusterEntry());
        cluster.put("context", access.context());
        cluster.put("user", access.user());
        cluster.put("current", access.current());
        clusters.add(cluster);
      }
      for (FileChange file : plan.files()) {
        files.add(tree(file));
      }
      current = current == null ? plan.contextAfter() : current;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("dryRun", options.dryRun());
    tree.put("clusters", clusters);
    tree.put("files", files);
    tree.put("currentContext", current);
    tree.put("failures", failures);
    return tree;
  }

  private static Map<String, Object> tree(FileChange file) {
    List<Object> changes = new ArrayList<>();
    for (EntryChange change : file.changes()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("action", change.action().name().toLowerCase(Locale.ROOT));
      each.put("kind", change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      each.put("name", change.name());
      each.put("fields", change.fields());
      changes.add(each);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", file.path().toString());
    tree.put("created", file.created());
    tree.put("changes", changes);
    return tree;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
