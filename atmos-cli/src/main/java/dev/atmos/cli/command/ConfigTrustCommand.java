package dev.atmos.cli.command;

import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.approval.UntrustedFile;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.host.SectionSchemas;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TerminalText;
import dev.atmos.text.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code atmos config trust}: shows the values that need approval, asks, and remembers the file.
 */
@Command(
    description =
        "Shows which commands a configuration file would run, what it reads outside of its project,"
            + " and which hosts other than AWS's it sends something to. Asks whether you trust the"
            + " file, and remembers it as it is: once it has changed, it has to be trusted again.")
public final class ConfigTrustCommand implements Callable<Integer> {
  private static final String LIST = "--list";
  private static final String REVOKE = "--revoke";
  private static final String YES = "--yes";

  private final PluginContext context;
  private final OutputOption output =
      OutputOption.of("text", "json").describedAs("With " + LIST + ": text or json.");

  @Option(names = LIST, description = "List the files that you have trusted.")
  private boolean listing;

  @Option(
      names = REVOKE,
      description = "No longer trust the file, or the files below the directory.")
  private boolean revoking;

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
    if (!review.canRemember()) {
      throw new AtmosException(
          ExitCode.FAILED,
          "without a home directory nothing can be remembered",
          "set ATMOS_TRUSTED_PATHS to the directories whose files are to be trusted");
    }
    List<UntrustedFile> files =
        named == null ? review.present(sections::find) : review.of(named, sections::find);
    if (files.isEmpty()) {
      say(
          named == null
              ? "no file of the configuration asks for anything that needs your trust"
              : "it asks for nothing that needs your trust, or is trusted already");
      return;
    }
    if (!yes && !context.terminal().isInteractive()) {
      throw new AtmosException(
          ExitCode.USAGE,
          files.get(0).path() + " is not trusted, and atmos has no terminal to ask at",
          "read it, then run: atmos config trust "
              + YES
              + " "
              + ShellQuoting.path(files.get(0).path()));
    }
    for (UntrustedFile file : files) {
      String shown = TerminalText.escaped(file.path().toString());
      show(file, shown);
      if (yes || answersYes()) {
        review.trust(file);
        say("trusted: " + shown);
      } else {
        say("not trusted: " + shown);
      }
    }
  }

  private boolean answersYes() {
    say("Trust this file? [y/N]");
    String answer = context.terminal().readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private void show(UntrustedFile file, String shown) {
    say(shown + (file.wasTrusted() ? " has changed since it was trusted" : " is not trusted"));
    for (TrustRequest request : file.requests()) {
      String key = request.key().isEmpty() ? "" : ", for " + TerminalText.escaped(request.key());
      int line = request.position().line();
      say("  " + verb(request) + key + " (line " + line + since(file, request) + "):");
      boolean url = request.effect() == Effect.ENDPOINT;
      String text = url ? withoutUser(request.text()) : request.text();
      for (String each : TerminalText.escapedLines(text)) {
        // A stranger's text never begins a line.
        say("    | " + each);
      }
    }
    say("  " + summary(file.requests()));
  }

  private static String since(UntrustedFile file, TrustRequest request) {
    if (!file.wasTrusted()) {
      return "";
    }
    return file.isNew(request) ? ", new" : file.isChanged(request) ? ", changed" : ", as before";
  }

  private static String verb(TrustRequest request) {
    return switch (request.effect()) {
      case READS -> "reads outside of its project";
      case ENDPOINT -> "sends to a host that isn't one of AWS's";
      case ENVIRONMENT -> "sets a variable for programs";
      case DATA -> "passes on a variable";
      case WRITES -> "chooses a file that is written";
      case PROTECTION -> "decides how secrets are kept";
      default -> request.declared() ? "runs" : "passes to a plugin, which may run it";
    };
  }

  private static String summary(List<TrustRequest> requests) {
    List<String> parts = new ArrayList<>();
    count(parts, requests, Effect.COMMAND, "command", "commands");
    count(parts, requests, Effect.READS, "read elsewhere", "reads elsewhere");
    count(parts, requests, Effect.ENDPOINT, "other host", "other hosts");
    count(parts, requests, Effect.ENVIRONMENT, "variable for programs", "variables for programs");
    count(parts, requests, Effect.DATA, "variable passed on", "variables passed on");
    count(parts, requests, Effect.WRITES, "written file", "written files");
    count(parts, requests, Effect.PROTECTION, "protection of secrets", "protections of secrets");
    return "In all: " + String.join(", ", parts) + ".";
  }

  private static void count(
      List<String> parts, List<TrustRequest> requests, Effect effect, String one, String many) {
    long count = requests.stream().filter(request -> request.effect() == effect).count();
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : many));
    }
  }

  /** A URL without its user info, which may hold a password. */
  private static String withoutUser(String url) {
    return url.replaceFirst("(?s)^(.*?://)?[^/?#]*@", "$1***@");
  }

  private void revoke(TrustReview review, @Nullable String named) {
    List<String> revoked = named == null ? review.revokePresent() : review.revoke(named);
    revoked.forEach(each -> say("no longer trusted: " + TerminalText.escaped(each)));
    if (revoked.isEmpty()) {
      say("you have trusted nothing there");
    }
  }

  private String list(List<TrustReview.Trusted> files) {
    List<Map<String, String>> tree = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (TrustReview.Trusted file : files) {
      String state = file.state().name().toLowerCase(Locale.ROOT);
      Map<String, String> each = new LinkedHashMap<>();
      each.put("path", file.path());
      each.put("state", state);
      tree.add(each);
      text.append(state).repeat(' ', 10 - state.length());
      text.append(TerminalText.escaped(file.path())).append('\n');
    }
    return output.isJson() ? JsonWriter.indented(Map.of("files", tree)) : text.toString();
  }

  private void say(String line) {
    context.console().say(line);
  }
}
