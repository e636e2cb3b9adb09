package dev.atmos.cli.command;

import dev.atmos.cli.World;
import dev.atmos.cli.config.Ask;
import dev.atmos.cli.config.TrustReview;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Terminal;
import dev.atmos.services.Services;
import dev.atmos.text.ShellQuoting;
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

/** {@code atmos config trust}: shows what a file would have done, asks, and remembers the file. */
public final class ConfigTrustCommand implements Callable<Integer> {
  private static final String LIST = "--list";
  private static final String REVOKE = "--revoke";
  private static final String YES = "--yes";

  private final Services context;
  private final OptionSpec list = flag("List the files that you have trusted.", LIST);
  private final OptionSpec revoke =
      flag("Trust the file no longer; of a directory, nothing below it.", REVOKE);
  private final OptionSpec yes = flag("Answer every question with yes.", "-y", YES);
  private final OutputOption output = OutputOption.of("text", "json").describedAs("With " + LIST + ": text or json; text if it is left out.");
  private final PositionalParamSpec path =
      PositionalParamSpec.builder()
          .index("0")
          .arity("0..1")
          .type(String.class)
          .paramLabel("PATH")
          .description(
              "A file, or a directory with an atmos.yaml, with what it imports; without it, all"
                  + " files of the present configuration.")
          .build();

  private ConfigTrustCommand(Services context) {
    this.context = context;
  }

  /** The command in that context. */
  public static Object spec(Services context) {
    ConfigTrustCommand command = new ConfigTrustCommand(context);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.path);
    spec.addOption(command.list);
    spec.addOption(command.revoke);
    spec.addOption(command.yes);
    command.output.addTo(spec);
    spec.usageMessage()
        .description(
            "Shows which commands a file of the configuration would run, what it reads outside of"
                + " its project, and which hosts that aren't AWS's it sends something to. Asks"
                + " whether you trust it, and remembers the file as it is: one that has changed is"
                + " asked for again.");
    return spec;
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .arity("0")
        .type(boolean.class)
        .description(description)
        .build();
  }

  @Override
  public Integer call() {
    TrustReview review = context.service(TrustReview.class);
    String named = path.getValue();
    boolean listing = isSet(list);
    boolean revoking = isSet(revoke);
    if (listing && revoking) {
      throw new AtmosException(ExitCode.USAGE, LIST + " and " + REVOKE + " exclude each other");
    }
    if (isSet(yes) && (listing || revoking)) {
      throw new AtmosException(
          ExitCode.USAGE, YES + " answers nothing with " + (listing ? LIST : REVOKE));
    }
    if (output.isGiven() && !listing) {
      throw new AtmosException(ExitCode.USAGE, "--output needs " + LIST);
    }
    if (listing) {
      if (named != null) {
        throw new AtmosException(ExitCode.USAGE, LIST + " takes no path");
      }
      context.console().answer(list(review.all()));
    } else if (revoking) {
      revoke(review, named);
    } else {
      trust(review, named);
    }
    return 0;
  }

  private static boolean isSet(OptionSpec option) {
    Boolean value = option.getValue();
    return value != null && value;
  }

  private void trust(TrustReview review, @Nullable String named) {
    if (!review.canRemember()) {
      throw new AtmosException(
          ExitCode.FAILED,
          "without a home directory nothing can be remembered",
          "set ATMOS_TRUSTED_PATHS to the directories whose files are to be trusted");
    }
    PluginHost host = context.service(PluginHost.class);
    List<TrustReview.Untrusted> files =
        named == null ? review.present(host.sections()) : review.of(named, host.sections());
    if (files.isEmpty()) {
      context
          .console()
          .say(
              named == null
                  ? "no file of the configuration asks for anything that needs your trust"
                  : "it asks for nothing that needs your trust, or is trusted already");
      return;
    }
    Terminal terminal = context.service(World.class).terminal();
    boolean all = isSet(yes);
    if (!all && !terminal.isInteractive()) {
      String word = ShellQuoting.path(files.get(0).path());
      throw new AtmosException(
          ExitCode.USAGE,
          files.get(0).path() + " is not trusted, and nobody is at a terminal to be asked",
          "read it, then run: atmos config trust " + YES + " " + word);
    }
    for (TrustReview.Untrusted file : files) {
      String shown = TerminalText.escaped(file.path().toString());
      show(file, shown);
      if (all || answersYes(terminal)) {
        review.trust(file);
        say("trusted: " + shown);
      } else {
        say("not trusted: " + shown);
      }
    }
  }

  private boolean answersYes(Terminal terminal) {
    say("Trust this file? [y/N]");
    String answer = terminal.readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private void show(TrustReview.Untrusted file, String shown) {
    say(shown + (file.wasTrusted() ? " has changed since it was trusted" : " is not trusted"));
    for (Ask ask : file.asks()) {
      String since = "";
      if (file.wasTrusted()) {
        since = file.isNew(ask) ? ", new" : file.isChanged(ask) ? ", changed" : ", as before";
      }
      say(
          "  "
              + verb(ask.kind())
              + (ask.key().isEmpty() ? "" : ", for " + TerminalText.escaped(ask.key()))
              + " (line "
              + ask.position().line()
              + since
              + "):");
      String text = ask.kind() == Ask.Kind.SEND ? withoutUser(ask.text()) : ask.text();
      for (String line : TerminalText.escapedLines(text)) {
        // Nothing that a stranger has written begins a line.
        say("    | " + line);
      }
    }
    for (String gone : file.gone()) {
      say("  asks for nothing any more: " + TerminalText.escaped(gone));
    }
    if (file.wasTrusted()) {
      say(
          file.isRestChanged()
              ? "  The rest of the file has changed as well."
              : "  The rest of the file says what it said before.");
    }
    say("  " + summary(file.asks()));
  }

  private static String verb(Ask.Kind kind) {
    if (kind == Ask.Kind.RUN) {
      return "runs";
    }
    return kind == Ask.Kind.READ
        ? "reads outside of its project"
        : "sends to a host that isn't one of AWS's";
  }

  private static String summary(List<Ask> asks) {
    List<String> parts = new ArrayList<>();
    count(parts, asks, Ask.Kind.RUN, "command", "commands");
    count(parts, asks, Ask.Kind.READ, "read elsewhere", "reads elsewhere");
    count(parts, asks, Ask.Kind.SEND, "other host", "other hosts");
    return "In all: " + String.join(", ", parts) + ".";
  }

  private static void count(
      List<String> parts, List<Ask> asks, Ask.Kind kind, String one, String many) {
    int count = 0;
    for (Ask ask : asks) {
      count += ask.kind() == kind ? 1 : 0;
    }
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : many));
    }
  }

  /** A URL whose user info, which may hold a password, is not shown. */
  private static String withoutUser(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    return at < start ? url : url.substring(0, start) + "***" + url.substring(at);
  }

  private void revoke(TrustReview review, @Nullable String named) {
    List<String> revoked = named == null ? review.revokePresent() : review.revoke(named);
    for (String path : revoked) {
      say("no longer trusted: " + TerminalText.escaped(path));
    }
    if (revoked.isEmpty()) {
      say("you have trusted nothing there");
    }
  }

  private String list(List<TrustReview.Trusted> files) {
    if (output.format().equals("json")) {
      List<Map<String, String>> tree = new ArrayList<>();
      for (TrustReview.Trusted file : files) {
        Map<String, String> each = new LinkedHashMap<>();
        each.put("path", file.path());
        each.put("state", lower(file.state()));
        tree.add(each);
      }
      return context.service(DataFormats.class).json(Map.of("files", tree));
    }
    StringBuilder text = new StringBuilder();
    for (TrustReview.Trusted file : files) {
      String state = lower(file.state());
      text.append(state).repeat(' ', 10 - state.length());
      text.append(TerminalText.escaped(file.path())).append('\n');
    }
    return text.toString();
  }

  private static String lower(TrustReview.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private void say(String line) {
    context.console().say(line);
  }
}
