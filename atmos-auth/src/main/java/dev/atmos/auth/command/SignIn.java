package dev.atmos.auth.command;

import dev.atmos.auth.chain.Session;
import dev.atmos.auth.chain.Sessions;
import dev.atmos.auth.chain.SignInOptions;
import dev.atmos.auth.terminal.Manners;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.Integrations;
import dev.atmos.plugin.integration.Outcome;
import dev.atmos.text.TerminalText;
import java.util.List;
import java.util.Optional;

/** Signs in on the way to something else, and sets up what a sign-in sets up. */
final class SignIn {
  private SignIn() {}

  /**
   * Live credentials, for which somebody signs in if need be, and if there is somebody.
   *
   * @throws AtmosException as {@link Sessions} says
   */
  static Session ifNeeded(PluginContext context, String identity) {
    Sessions sessions = context.service(Sessions.class);
    if (!Manners.of(context).visits()) {
      return sessions.silent(identity);
    }
    Session session =
        sessions.signIn(identity, new SignInOptions(new TerminalDialog(context, true), false));
    if (session.origin() == Session.Origin.SIGNED_IN) {
      integrations(context, identity);
    }
    return session;
  }

  /** Sets up an identity's integrations. What goes wrong there is a warning. */
  static List<Outcome> integrations(PluginContext context, String identity) {
    List<Outcome> outcomes = context.service(Integrations.class).setUpAll(identity);
    for (Outcome outcome : outcomes) {
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
  static void warn(PluginContext context, AtmosException failure) {
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
