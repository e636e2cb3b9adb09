/**
 * Stand-ins for the outside world, for tests and for the demo, as a program: {@link
 * dev.atmos.loopback.Loopback}. In process, tests use {@link dev.atmos.loopback.aws} (AWS), {@link
 * dev.atmos.loopback.kubernetes} (a Kubernetes API server and a verifier of EKS tokens) and {@link
 * dev.atmos.loopback.http} (a server that can break). The stand-ins share nothing with the product,
 * so that a mistake in the product can't hide behind the same mistake here.
 */
@NullMarked
package dev.atmos.loopback;

import org.jspecify.annotations.NullMarked;
