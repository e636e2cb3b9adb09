package dev.atmos.auth.store;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.TrustPolicy;

/** Trusts all files or none. */
record FakeTrust(boolean trusted) implements TrustPolicy {
  @Override
  public boolean isTrusted(Position position) {
    return trusted;
  }

  @Override
  public void require(Effect effect, Position position, String value) {}
}
