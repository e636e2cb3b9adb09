/** What is written into kubeconfig files for clusters of EKS. */
@NullMarked
package dev.atmos.services.kube;

import org.jspecify.annotations.NullMarked;
