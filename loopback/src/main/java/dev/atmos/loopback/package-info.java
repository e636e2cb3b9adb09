/**
 * Stand-ins for the outside world, for tests and for the demo: a verifier of EKS tokens that does
 * what aws-iam-authenticator's server and STS do, a Kubernetes API server on the loopback interface
 * that asks it, and, in {@link dev.atmos.loopback.aws}, AWS. Nothing here is shared with the
 * product, so that a mistake in the product can't hide behind the same mistake here.
 */
@NullMarked
package dev.atmos.loopback;

import org.jspecify.annotations.NullMarked;
