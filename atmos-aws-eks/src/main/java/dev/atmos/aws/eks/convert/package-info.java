/** Kubeconfig entries of other programs, which get their tokens from atmos afterwards. */
@NullMarked
package dev.atmos.aws.eks.convert;

import org.jspecify.annotations.NullMarked;
