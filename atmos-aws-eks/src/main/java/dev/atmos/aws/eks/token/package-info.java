/** Tokens for EKS clusters. Everything here is on the token path. */
@NullMarked
package dev.atmos.aws.eks.token;

import org.jspecify.annotations.NullMarked;
