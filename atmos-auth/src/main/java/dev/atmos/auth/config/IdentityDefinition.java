package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An identity: who the user is to be.
 *
 * @param isDefault whether it is meant where no identity is named
 * @param required whether Terraform runs ask for it without being told; of no consequence here
 * @param alias another name for it; null for none
 * @param via what it gets its first credentials from; null where its kind needs none
 * @param env variables that go with it into the environment of programs, in order
 * @param sessionDuration how long its session is asked to last; null where that isn't said
 * @param provider the provider that it was made by, for information; null for none
 * @param emulator the emulator that it stands for; null for none
 * @param tags what it can be picked by
 * @param details what its kind needs
 */
public record IdentityDefinition(
    String name,
    String kind,
    Position position,
    Position kindPosition,
    boolean isDefault,
    boolean required,
    @Nullable Located alias,
    @Nullable Via via,
    List<EnvironmentVariable> env,
    @Nullable Duration sessionDuration,
    @Nullable String provider,
    @Nullable String emulator,
    List<String> tags,
    List<String> deferred,
    IdentityDetails details)
    implements Definition {

  /** Copies the lists. */
  public IdentityDefinition {
    env = List.copyOf(env);
    tags = List.copyOf(tags);
    deferred = List.copyOf(deferred);
  }

  /** The AWS region that its details name; null for none. */
  public @Nullable String region() {
    return details.region();
  }
}
