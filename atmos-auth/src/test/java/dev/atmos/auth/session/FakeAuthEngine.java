package dev.atmos.auth.session;

import dev.atmos.services.Services;
import dev.atmos.services.auth.Integrations;

/** An engine whose sessions and integrations a test makes up. */
public final class FakeAuthEngine extends AuthEngine {
  private final Sessions sessions;
  private final Integrations integrations;

  public FakeAuthEngine(Services services, Sessions sessions, Integrations integrations) {
    super(services);
    this.sessions = sessions;
    this.integrations = integrations;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Integrations integrations() {
    return integrations;
  }
}
