package dev.atmos.services.auth;

import dev.atmos.services.Services;
import dev.atmos.services.config.Region;
import dev.atmos.services.terminal.TerminalMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The region that a person works in with an identity: where programs work that get it, where the
 * console opens, and where clusters are looked for. Sign-ins and credentials never depend on it.
 *
 * @param region the region
 * @param source what says so
 * @param notice what the user may not expect about it, in one line; null for nothing
 */
public record WorkRegion(Region region, Source source, @Nullable String notice) {

  /** What says which region; the first of these that there is decides. */
  public enum Source {
    /** The option {@code --region}. */
    OPTION,
    /** The identity's definition, or that of an identity that it goes through. */
    IDENTITY,
    /** A variable that the user has exported, or a profile of the user's AWS files. */
    ENVIRONMENT,
    /** The provider's definition, which says where its portal is. */
    PROVIDER
  }

  /** Shows the notice to a user at a terminal. For commands that don't run in start-up files. */
  public void show(Services services) {
    if (notice != null && TerminalMode.of(services).visits()) {
      services.console().say("atmos: " + notice);
    }
  }

  /** Service that finds it. */
  @FunctionalInterface
  public interface Finder {

    /**
     * Finds it; empty where nothing names a region.
     *
     * @param option the value of {@code --region}; null where it isn't given
     * @param identity the identity's name, spelled as in the configuration; null for what the
     *     environment offers
     * @throws dev.atmos.plugin.base.AtmosException with {@link
     *     dev.atmos.plugin.base.ExitCode#USAGE} if the region that decides isn't one, or the
     *     identity or a file can't be used as it is written
     */
    Optional<WorkRegion> find(@Nullable String option, @Nullable String identity);
  }
}
