package dev.atmos.services.system;

import java.time.Instant;

/**
 * A process of this machine. The time belongs to it because numbers are used again.
 *
 * @param pid the number that the operating system gave it
 * @param startedAt when it was started, as precisely as the operating system tells
 */
public record ProcessIdentity(long pid, Instant startedAt) {}
