package dev.atmos.cli.command;

import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.approval.UntrustedFile;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.host.SectionSchemas;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.policy.Policy;
import dev.atmos.services.terminal.TerminalMode;
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
    description = {
      "Shows what a configuration file wants to do that needs your trust, and asks you: run"
          + " commands, set variables for programs, write files, send data, and read files outside"
          + " of its project.",
      "",
      "atmos remembers the values that you trust. If one changes, or a new one appears, it asks you"
          + " about that one."
    },
    footer =
        """

        Review the files of this project, and decide:

          atmos config trust

        Trust a file that you have read, in a script:

          atmos config trust --yes atmos.yaml

        Withdraw your trust from all files of a directory:

          atmos config trust --revoke ~/src/shop\
        """)
public final class ConfigTrustCommand implements Callable<Integer> {
  private static final String LIST = "--list";
  private static final String REVOKE = "--revoke";
  private static final String YES = "--yes";
  private static final String ALL = "--all";
  private static final String SHOW_SECRETS = "--show-secrets";

  private final PluginContext context;
  private final OutputOption output =
      OutputOption.of("text", "json").describedAs("With " + LIST + ": text or json.");

  @Option(names = LIST, description = "List the files that you have trusted.")
  private boolean listing;

  @Option(
      names = REVOKE,
      description = "Withdraw your trust from the file, or from the files below the directory.")
  private boolean revoking;

  @Option(names = ALL, description = "Also show the values that you have trusted before.")
  private boolean all;

  @Option(names = SHOW_SECRETS, description = "Show secrets, and passwords in URLs, in full.")
  private boolean showingSecrets;

  @Option(
      names = {"-y", YES},
      description = "Trust the values without asking.")
  private boolean yes;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "A file, or a directory with an atmos.yaml, and the files that it imports; all files of"
              + " the current configuration if it is left out.")
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
      return trust(review, path, host.sectionSchemas());
    }
    return 0;
  }

  private static AtmosException usage(String problem) {
    return new AtmosException(ExitCode.USAGE, problem);
  }

  private int trust(TrustReview review, @Nullable String named, SectionSchemas sections) {
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
          "without a home directory, atmos can't remember what you trust",
          "set ATMOS_TRUSTED_PATHS to the directories whose files you trust");
    }
    List<UntrustedFile> files =
        named == null ? review.present(sections::find) : review.of(named, sections::find);
    List<UntrustedFile> pending = files.stream().filter(file -> !file.pending().isEmpty()).toList();
    TrustScreen screen = new TrustScreen(this::say, all, showingSecrets);
    files.stream().filter(file -> !pending.contains(file)).forEach(screen::showRest);
    if (pending.isEmpty() && files.stream().anyMatch(file -> !file.untellable().isEmpty())) {
      say("Nothing was trusted.");
      return ExitCode.FAILED.code();
    }
    if (pending.isEmpty()) {
      boolean trusted = files.stream().anyMatch(UntrustedFile::wasTrusted);
      boolean texts =
          files.stream()
              .flatMap(file -> file.unsupplied().stream())
              .anyMatch(each -> each.kind().isEmpty());
      String rest =
          trusted ? "You have trusted all of it already." : "Nothing here needs your trust.";
      say(texts ? "Trust doesn't help here." : rest);
      return 0;
    }
    if (!yes && !TerminalMode.mayAsk(context)) {
      pending.forEach(screen::show);
      throw cannotAsk(pending);
    }
    int declined = 0;
    for (UntrustedFile file : pending) {
      screen.show(file);
      if (yes || answersYes()) {
        AuditEvent event = AuditEvent.of("trust").with("file", file.path().toString());
        HostContext.of(context).audit().ifPresent(audit -> audit.record(event));
        review.trust(file);
        say("Trusted: " + TerminalText.escaped(file.path().toString()));
      } else {
        declined++;
      }
    }
    if (declined == pending.size()) {
      say("Nothing was trusted.");
    }
    return declined == 0 ? 0 : ExitCode.FAILED.code();
  }

  private static AtmosException cannotAsk(List<UntrustedFile> pending) {
    UntrustedFile first = pending.getFirst();
    return new AtmosException(
        ExitCode.USAGE,
        TrustScreen.title(first) + ", and atmos can't ask you here",
        pending.size() == 1
            ? "to trust these values, run: atmos config trust --yes "
                + ShellQuoting.path(first.path())
            : "to trust all values above, run this command again with " + YES);
  }

  private boolean answersYes() {
    say("Trust these values? [y/N]");
    String answer = context.terminal().readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private void revoke(TrustReview review, @Nullable String named) {
    List<String> revoked = named == null ? review.revokePresent() : review.revoke(named);
    revoked.forEach(each -> say("No longer trusted: " + TerminalText.escaped(each)));
    if (revoked.isEmpty()) {
      say("You haven't trusted any file there.");
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
