/** What is written into kubeconfigs for EKS clusters, and how that is described. */
@NullMarked
package dev.atmos.aws.eks.kubeconfig;

import org.jspecify.annotations.NullMarked;
