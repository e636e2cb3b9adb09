package dev.atmos.auth.command;

import dev.atmos.auth.model.CurrentIdentity;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.StatusPrompt;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.DirectCommand;
import dev.atmos.services.PlainOptions;
import dev.atmos.services.Services;
import java.util.Optional;

/** {@code atmos auth status --prompt}: one word, before each line that the user types. */
public final class StatusPromptCommand implements DirectCommand {
  static final String PROMPT = "--prompt";

  private final AuthEngine engine;

  /** The command over this engine. */
  public StatusPromptCommand(AuthEngine engine) {
    this.engine = engine;
  }

  @Override
  public String flag() {
    return PROMPT;
  }

  @Override
  public int run(PlainOptions options) {
    return run();
  }

  /** Says nothing of what is wrong: that would stand before every line that the user types. */
  int run() {
    Services services = engine.services();
    try {
      Optional<CurrentIdentity> current = CurrentIdentity.of(services);
      if (current.isPresent()) {
        EntryStatus status = engine.sessions().status(true).identity(current.get().name());
        String word = StatusPrompt.of(status, services.localClock().instant());
        services.console().answer(word + "\n");
      }
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
    }
    return 0;
  }
}
