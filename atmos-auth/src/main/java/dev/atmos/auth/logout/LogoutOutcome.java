package dev.atmos.auth.logout;

import dev.atmos.plugin.base.AtmosException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step of a logout.
 *
 * @param step the step
 * @param failure why it wasn't done; null if it was. The other side not knowing of a session's end
 *     is one too, and no reason to fail: the session is gone from here
 */
public record LogoutOutcome(LogoutPlan.Step step, @Nullable AtmosException failure) {}
