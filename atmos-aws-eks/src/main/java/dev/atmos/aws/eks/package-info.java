/** EKS: tokens for kubectl, and kubeconfig entries by which kubectl asks for them. */
@NullMarked
package dev.atmos.aws.eks;

import org.jspecify.annotations.NullMarked;
