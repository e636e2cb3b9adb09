package dev.atmos.services.audit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;

/** Takes the events that the policy, or the user's own configuration, wants to be written down. */
public interface AuditLog {

  /**
   * Checks that events can be written down, before what can't be undone.
   *
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if they can't, and have to be
   */
  void check();

  /**
   * Writes an event down. What can't be written is counted and left out.
   *
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if it can't be written and has to be
   */
  void record(AuditEvent event);
}
