package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a program in the place of this process, with an identity's variables. */
final class ChildProcess {
  /** The exit code of shells if a program doesn't exist (POSIX, 2.8.2). */
  static final int NOT_FOUND = 127;

  /** The exit code of shells if a program can't be run. */
  static final int NOT_RUN = 126;

  private ChildProcess() {}

  /** The variables of an identity that the user is signed in to. */
  static List<Variable> variables(IdentityEnvironment environment, Session session, boolean keys) {
    return new ArrayList<>(
        environment.givesKeys(keys)
            ? environment.keys(session.credentials())
            : environment.profile(true));
  }

  /**
   * Runs a program; returns its exit code.
   *
   * @param session whose program it is; null for nobody's
   */
  static int give(
      Services services, @Nullable Session session, List<String> words, List<Variable> variables) {
    String program = DisplayNames.quoted(words.getFirst());
    if (!isFound(services, words)) {
      return NOT_FOUND;
    }
    if (session != null) {
      audit(services, session, words);
    }
    try {
      return services
          .processes()
          .attach(words, services.directories().workingDirectory(), variables);
    } catch (IOException e) {
      String why = TerminalText.line(String.valueOf(e.getMessage()));
      services.console().say("atmos: the program " + program + " " + why);
      return NOT_RUN;
    }
  }

  /** Whether a program is there; says so if it isn't. */
  static boolean isFound(Services services, List<String> words) {
    boolean found = exists(services, words.getFirst());
    if (!found) {
      String program = DisplayNames.quoted(words.getFirst());
      services.console().say("atmos: the program " + program + " was not found");
    }
    return found;
  }

  static void audit(Services services, Session session, List<String> words) {
    Optional<AuditLog> audit = services.audit();
    if (audit.isEmpty()) {
      return;
    }
    AwsCredentials credentials = session.grant() instanceof AwsCredentials keys ? keys : null;
    // The other words may be secrets.
    AuditEvent event =
        AuditEvent.of("program")
            .withIdentity(session.identity(), session.description(), credentials)
            .with("program", words.getFirst());
    audit.get().record(event);
  }

  private static boolean exists(Services services, String program) {
    // A shell would take it for an option of its own.
    if (program.isEmpty() || program.startsWith("-")) {
      return false;
    }
    Path here = services.directories().workingDirectory();
    if (program.indexOf('/') < 0 && !program.contains(here.getFileSystem().getSeparator())) {
      return services.processes().find(program).isPresent();
    }
    try {
      return services.files().exists(here.resolve(program));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
