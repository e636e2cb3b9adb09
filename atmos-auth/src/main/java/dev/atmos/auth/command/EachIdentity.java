package dev.atmos.auth.command;

import dev.atmos.auth.session.Session;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a program as several identities, each with its lines marked, and says what came of it. */
final class EachIdentity {
  /** How long programs have to tidy up after Ctrl-C, which reaches them too. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Services services;
  private final List<String> command;
  private final int width;

  /** An identity that is signed in to, and the variables of its program. */
  record Ready(Session session, List<Variable> variables) {}

  private record Outcome(String identity, int exitCode, @Nullable String problem) {}

  EachIdentity(Services services, List<String> command, List<String> identities) {
    this.services = services;
    this.command = command;
    this.width =
        identities.stream().mapToInt(name -> TerminalText.width(shown(name))).max().orElse(0);
  }

  /**
   * Runs it for each of them.
   *
   * @param prepare signs in; what it throws is the outcome of that identity
   * @param atOnce for how many at a time
   * @return the worst exit code
   */
  int run(List<String> identities, Function<String, Ready> prepare, int atOnce) {
    List<Supplier<Outcome>> actions = new ArrayList<>();
    // Whoever has to be asked is asked before any program writes.
    for (String identity : identities) {
      actions.add(action(identity, prepare));
    }
    List<Outcome> outcomes = services.tasks().all(actions, atOnce);
    Map<String, @Nullable String> summary = new LinkedHashMap<>();
    int worst = 0;
    int done = 0;
    for (Outcome outcome : outcomes) {
      worst = Math.max(worst, outcome.exitCode());
      done += outcome.exitCode() == 0 ? 1 : 0;
      String code = outcome.exitCode() == 0 ? "done" : "exit code " + outcome.exitCode();
      summary.put(
          shown(outcome.identity()),
          outcome.problem() == null ? code : TerminalText.line("not run: " + outcome.problem()));
    }
    services.console().say("Done for " + done + " of " + outcomes.size() + " identities:");
    HumanTime.facts(summary).lines().forEach(line -> services.console().say("  " + line));
    return worst;
  }

  private Supplier<Outcome> action(String identity, Function<String, Ready> prepare) {
    try {
      Ready ready = prepare.apply(identity);
      return () -> outcome(identity, ready);
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      String hint = e.hint().map(text -> "; " + text).orElse("");
      String problem = e.sentence().lines().findFirst().orElse("") + hint;
      return () -> new Outcome(identity, e.exitCode().code(), problem);
    }
  }

  private Outcome outcome(String identity, Ready ready) {
    ChildProcess.audit(services, ready.session(), command);
    String prefix = TerminalText.padded(shown(identity), width) + " | ";
    try {
      int code =
          services
              .processes()
              .follow(
                  command,
                  services.directories().workingDirectory(),
                  ready.variables(),
                  services.terminal().isWatched() ? PATIENCE : Duration.ZERO,
                  (line, isError) -> {
                    if (isError) {
                      services.console().say(prefix + line);
                    } else {
                      services.console().answer(prefix + line + "\n");
                    }
                  });
      return new Outcome(identity, code, null);
    } catch (IOException e) {
      return new Outcome(identity, ChildProcess.NOT_RUN, "the program " + e.getMessage());
    }
  }

  private static String shown(String identity) {
    return TerminalText.line(identity);
  }
}
