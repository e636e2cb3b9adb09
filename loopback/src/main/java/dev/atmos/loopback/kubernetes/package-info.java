/**
 * A Kubernetes API server on the loopback interface, and the verifier of EKS tokens that it asks,
 * which does what aws-iam-authenticator's server and STS do.
 */
@NullMarked
package dev.atmos.loopback.kubernetes;

import org.jspecify.annotations.NullMarked;
