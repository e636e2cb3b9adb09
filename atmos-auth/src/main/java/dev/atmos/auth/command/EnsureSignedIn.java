package dev.atmos.auth.command;

import dev.atmos.auth.env.IntegrationReceipts;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.Sessions;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.TerminalText;
import java.util.List;

/** Signs in on the way to something else, and sets up what a sign-in sets up. */
final class EnsureSignedIn {
  private EnsureSignedIn() {}

  /**
   * Live credentials. If need be, the user is asked to sign in, unless no user is present. The
   * identity's integrations are set up where that wasn't done since the last sign-in.
   *
   * @throws AtmosException as {@link Sessions} says
   */
  static Session ifNeeded(AuthEngine engine, String identity) {
    Sessions sessions = engine.sessions();
    Session session =
        TerminalMode.of(engine.services()).visits()
            ? sessions.signIn(
                identity,
                new SignInOptions(new TerminalDialog(engine.services(), true, false), false))
            : sessions.silent(identity);
    List<ConfiguredIntegration> configured = engine.integrations().of(identity);
    if (session.origin() == Session.Origin.SIGNED_IN
        || new IntegrationReceipts(engine.services()).lacks(identity, configured)) {
      integrations(engine, identity);
    }
    return session;
  }

  /**
   * Sets up an identity's integrations, and writes down that they were. What goes wrong there is a
   * warning.
   */
  static List<IntegrationOutcome> integrations(AuthEngine engine, String identity) {
    CommandConsole console = engine.services().console();
    List<IntegrationOutcome> outcomes = engine.integrations().setUpAll(identity);
    for (IntegrationOutcome outcome : outcomes) {
      IntegrationResult result = outcome.result();
      if (result != null) {
        result.done().forEach(line -> console.say(TerminalText.line(line)));
        result.hints().forEach(line -> console.say(TerminalText.line(line)));
      }
      if (outcome.failure() != null) {
        warn(engine.services(), outcome.failure());
      }
    }
    new IntegrationReceipts(engine.services()).write(identity, engine.integrations().of(identity));
    return outcomes;
  }

  /** Reports a failure that doesn't fail the command. */
  static void warn(Services services, AtmosException failure) {
    // A second line shows the place in a file, which is for commands that fail because of it.
    String sentence = TerminalText.line(failure.sentence().lines().findFirst().orElse(""));
    String hint = failure.hint().map(text -> "; " + TerminalText.line(text)).orElse("");
    services.console().say("atmos: warning: " + sentence + hint);
  }
}
