package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An integration: what is set up with an identity's credentials.
 *
 * @param via whose credentials; null where that can't be told
 * @param autoProvision whether a sign-in sets it up
 * @param details what its kind needs
 */
public record IntegrationDefinition(
    String name,
    String kind,
    Position position,
    Position kindPosition,
    @Nullable Via via,
    boolean autoProvision,
    List<String> deferred,
    IntegrationDetails details)
    implements Definition {

  /** Copies the list. */
  public IntegrationDefinition {
    deferred = List.copyOf(deferred);
  }
}
