package dev.atmos.auth.logout;

import dev.atmos.plugin.base.AtmosException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one step of a logout.
 *
 * @param step the step
 * @param failure why it wasn't done; null if it was. Where the provider can't be notified, the
 *     logout still succeeds, since the session was removed from this machine
 */
public record LogoutOutcome(LogoutPlan.Step step, @Nullable AtmosException failure) {}
