package dev.atmos.services.audit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;

/** Takes the events that the policy, or the user's own configuration, wants to be written down. */
public interface AuditLog {

  /**
   * Writes an event down. What can't be written is counted and left out.
   *
   * @throws AtmosException with {@link ExitCode#UNAVAILABLE} if it can't be written and has to be
   */
  void record(AuditEvent event);
}
