package dev.atmos.services.system;

import java.time.Instant;

/**
 * A process. The time belongs to it because numbers are used again, and the namespace because
 * containers and other machines that share a disk count on their own.
 *
 * @param pid the number that the operating system gave it
 * @param startedAt when it was started, as precisely as the operating system tells
 * @param namespace where that number counts: a machine since it was booted, and a container of it;
 *     letters, digits and underscores
 */
public record ProcessIdentity(long pid, Instant startedAt, String namespace) {}
