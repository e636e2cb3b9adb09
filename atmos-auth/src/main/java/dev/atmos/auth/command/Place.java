package dev.atmos.auth.command;

import dev.atmos.auth.chain.Session;
import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

/** The place that a program is given: this process's, with an identity's variables. */
final class Place {
  /** What shells answer where there is no such program (POSIX, 2.8.2). */
  static final int NOT_FOUND = 127;

  /** What shells answer where it can't be run. */
  static final int NOT_RUN = 126;

  private Place() {}

  /** The variables of an identity that somebody is signed in to. */
  static List<Variable> variables(
      PluginContext context, String identity, Session session, boolean keys) {
    IdentityEnvironment environment = IdentityEnvironment.of(context, identity);
    boolean onlyKeys = keys || environment.needsKeys() || context.directories().state().isEmpty();
    List<Variable> variables =
        new ArrayList<>(
            onlyKeys && !(environment.isAmbient() && !keys)
                ? environment.keys(session.credentials())
                : environment.profile(true));
    variables.add(new Variable("ATMOS_IDENTITY", Secret.of(identity)));
    return variables;
  }

  /** Runs a program there; returns its exit code. */
  static int give(PluginContext context, List<String> words, List<Variable> variables) {
    Processes processes = context.processes();
    String program = words.get(0);
    if (!exists(context, program)) {
      context
          .console()
          .say("atmos: there is no program " + DisplayNames.quoted(program) + " to run");
      return NOT_FOUND;
    }
    try {
      return processes.attach(words, context.directories().workingDirectory(), variables);
    } catch (IOException e) {
      context
          .console()
          .say(
              "atmos: the program "
                  + DisplayNames.quoted(program)
                  + " "
                  + TerminalText.line(String.valueOf(e.getMessage())));
      return NOT_RUN;
    }
  }

  private static boolean exists(PluginContext context, String program) {
    // A shell would take it for an option of its own.
    if (program.isEmpty() || program.startsWith("-")) {
      return false;
    }
    String separator = context.directories().workingDirectory().getFileSystem().getSeparator();
    if (program.indexOf('/') < 0 && !program.contains(separator)) {
      return context.processes().find(program).isPresent();
    }
    try {
      return context.files().exists(context.directories().workingDirectory().resolve(program));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
