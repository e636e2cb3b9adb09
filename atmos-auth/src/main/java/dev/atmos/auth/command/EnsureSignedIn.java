package dev.atmos.auth.command;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.Sessions;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.auth.terminal.TerminalMode;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.services.Services;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.text.TerminalText;
import java.util.List;
import java.util.Optional;

/** Signs in on the way to something else, and sets up what a sign-in sets up. */
final class EnsureSignedIn {
  private EnsureSignedIn() {}

  /**
   * Live credentials, for which somebody signs in if need be, and if there is somebody.
   *
   * @throws AtmosException as {@link Sessions} says
   */
  static Session ifNeeded(AuthEngine engine, String identity) {
    Sessions sessions = engine.sessions();
    if (!TerminalMode.of(engine.services()).visits()) {
      return sessions.silent(identity);
    }
    Session session =
        sessions.signIn(
            identity, new SignInOptions(new TerminalDialog(engine.services(), true), false));
    if (session.origin() == Session.Origin.SIGNED_IN) {
      integrations(engine, identity);
    }
    return session;
  }

  /** Sets up an identity's integrations. What goes wrong there is a warning. */
  static List<IntegrationOutcome> integrations(AuthEngine engine, String identity) {
    Services context = engine.services();
    List<IntegrationOutcome> outcomes = engine.integrations().setUpAll(identity);
    for (IntegrationOutcome outcome : outcomes) {
      IntegrationResult result = outcome.result();
      if (result != null) {
        for (String line : result.done()) {
          context.console().say(TerminalText.line(line));
        }
        for (String hint : result.hints()) {
          context.console().say(TerminalText.line(hint));
        }
      }
      AtmosException failure = outcome.failure();
      if (failure != null) {
        warn(context, failure);
      }
    }
    return outcomes;
  }

  /** Says what went wrong with something that isn't the point. */
  static void warn(Services context, AtmosException failure) {
    Optional<String> hint = failure.hint();
    // The place in a file, which a second line shows, is for who asked for nothing else.
    String sentence = failure.sentence().lines().findFirst().orElse("");
    context
        .console()
        .say(
            "atmos: warning: "
                + TerminalText.line(sentence)
                + (hint.isPresent() ? "; " + TerminalText.line(hint.get()) : ""));
  }
}
