package dev.atmos.auth.session;

import dev.atmos.plugin.config.Definition;
import java.util.Optional;

/** An identity of the configuration with the chain that leads to it. */
public final class ResolvedIdentity {
  private final Chain chain;

  ResolvedIdentity(Chain chain) {
    this.chain = chain;
  }

  /** Its name. */
  public String name() {
    return chain.name();
  }

  /** Its definition. */
  public Definition definition() {
    return chain.target().definition();
  }

  /** Whether the first step of its chain is what the environment offers. */
  public boolean startsFromEnvironment() {
    return !chain.link(0).isProvider() && chain.link(0).step().isAmbient();
  }

  /** Whether the identity is nothing but what the environment offers. */
  public boolean isEnvironment() {
    return chain.size() == 1 && startsFromEnvironment();
  }

  /** The region that the configuration has for it. */
  public Optional<String> region() {
    return chain.region(chain.last());
  }
}
