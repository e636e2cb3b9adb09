package dev.atmos.cli.command;

import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.approval.UntrustedFile;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.host.SectionSchemas;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atmos config trust}: shows the values that need approval, asks, and remembers them. */
@Command(
    description =
        "Shows which commands a configuration file would run, which variables it sets for programs,"
            + " what it reads outside of its project, writes and sends, and asks whether you trust"
            + " that. Remembers each value: once one is new or has changed, atmos asks about that"
            + " one.")
public final class ConfigTrustCommand implements Callable<Integer> {
  private static final String LIST = "--list";
  private static final String REVOKE = "--revoke";
  private static final String YES = "--yes";
  private static final String ALL = "--all";
  private static final String SHOW_SECRETS = "--show-secrets";

  private final PluginContext context;
  private final OutputOption output =
      OutputOption.of("text", "json").describedAs("With " + LIST + ": text or json.");

  @Option(names = LIST, description = "List the files of whose values you have approved some.")
  private boolean listing;

  @Option(
      names = REVOKE,
      description = "No longer trust the file, or the files below the directory.")
  private boolean revoking;

  @Option(names = ALL, description = "Show the values that you have approved, too.")
  private boolean all;

  @Option(names = SHOW_SECRETS, description = "Show secrets, and passwords in URLs.")
  private boolean showingSecrets;

  @Option(
      names = {"-y", YES},
      description = "Answer every question with yes.")
  private boolean yes;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "A file, or a directory with an atmos.yaml, and the files that it imports; by default,"
              + " all files of the current configuration.")
  private @Nullable String path;

  /** The command in that context, which is the host's when the command runs. */
  public ConfigTrustCommand(PluginContext context) {
    this.context = context;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    return output.addTo(CommandSpec.forAnnotatedObject(this));
  }

  @Override
  public Integer call() {
    HostContext host = HostContext.of(context);
    TrustReview review = host.trustReview();
    if (listing && revoking) {
      throw usage(LIST + " and " + REVOKE + " exclude each other");
    }
    if (yes && (listing || revoking)) {
      throw usage(YES + " answers nothing with " + (listing ? LIST : REVOKE));
    }
    if ((all || showingSecrets) && (listing || revoking)) {
      throw usage((all ? ALL : SHOW_SECRETS) + " shows nothing with " + (listing ? LIST : REVOKE));
    }
    if (output.isGiven() && !listing) {
      throw usage("--output needs " + LIST);
    }
    if (listing && path != null) {
      throw usage(LIST + " takes no path");
    }
    if (!revoking) {
      review.requireSafeRecords();
    }
    if (listing) {
      context.console().answer(list(review.all()));
    } else if (revoking) {
      revoke(review, path);
    } else {
      trust(review, path, host.sectionSchemas());
    }
    return 0;
  }

  private static AtmosException usage(String problem) {
    return new AtmosException(ExitCode.USAGE, problem);
  }

  private void trust(TrustReview review, @Nullable String named, SectionSchemas sections) {
    Optional<Policy> policy = HostContext.of(context).policy();
    if (policy.isPresent()) {
      policy.get().requireTrust(Policy.Trust.USERS, "config trust", "users to trust a file", null);
      if (yes) {
        policy
            .get()
            .requireTrust(
                Policy.Trust.YES, "config trust", YES, "answer its question: atmos config trust");
      }
    }
    if (!review.canRemember()) {
      throw new AtmosException(
          ExitCode.FAILED,
          "without a home directory nothing can be remembered",
          "set ATMOS_TRUSTED_PATHS to the directories whose files are to be trusted");
    }
    List<UntrustedFile> files =
        named == null ? review.present(sections::find) : review.of(named, sections::find);
    List<UntrustedFile> pending = files.stream().filter(file -> !file.pending().isEmpty()).toList();
    TrustScreen screen = new TrustScreen(this::say, all, showingSecrets);
    files.stream().filter(file -> !pending.contains(file)).forEach(screen::showRest);
    if (pending.isEmpty()) {
      say(
          named == null
              ? "no file of the configuration asks for anything that needs your trust"
              : "it asks for nothing that needs your trust, or is trusted already");
      return;
    }
    String first = pending.getFirst().path().toString();
    if (!yes && !context.terminal().isInteractive()) {
      throw new AtmosException(
          ExitCode.USAGE,
          first
              + (pending.getFirst().wasTrusted() ? " has changed" : " is not trusted")
              + ", and atmos has no terminal to ask at",
          "read it, then run: atmos config trust "
              + YES
              + " "
              + ShellQuoting.path(pending.getFirst().path()));
    }
    for (UntrustedFile file : pending) {
      String shown = TerminalText.escaped(file.path().toString());
      screen.show(file);
      if (yes || answersYes()) {
        AuditEvent event = AuditEvent.of("trust").with("file", file.path().toString());
        HostContext.of(context).audit().ifPresent(audit -> audit.record(event));
        review.trust(file);
        say("trusted: " + shown);
      } else {
        say("not trusted: " + shown);
      }
    }
  }

  private boolean answersYes() {
    say("Trust these values? [y/N]");
    String answer = context.terminal().readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private void revoke(TrustReview review, @Nullable String named) {
    List<String> revoked = named == null ? review.revokePresent() : review.revoke(named);
    revoked.forEach(each -> say("no longer trusted: " + TerminalText.escaped(each)));
    if (revoked.isEmpty()) {
      say("you have trusted nothing there");
    }
  }

  private String list(List<TrustReview.Trusted> files) {
    List<Map<String, Object>> tree = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (TrustReview.Trusted file : files) {
      String state = file.state().name().toLowerCase(Locale.ROOT);
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("path", file.path());
      each.put("state", state);
      each.put("changed", file.changed());
      tree.add(each);
      boolean changed = file.state() == TrustReview.State.CHANGED;
      String shown = changed ? file.changed() + " " + state : state;
      text.append(TerminalText.padded(shown, 11)).append(TerminalText.escaped(file.path()));
      text.append('\n');
    }
    return output.isJson() ? JsonWriter.indented(Map.of("files", tree)) : text.toString();
  }

  private void say(String line) {
    context.console().say(line);
  }
}
