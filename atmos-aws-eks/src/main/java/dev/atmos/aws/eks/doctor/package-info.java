/** Finds out why a cluster of a kubeconfig can't be used. */
@NullMarked
package dev.atmos.aws.eks.doctor;

import org.jspecify.annotations.NullMarked;
