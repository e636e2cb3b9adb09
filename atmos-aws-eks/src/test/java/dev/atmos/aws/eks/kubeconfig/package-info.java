@NullMarked
package dev.atmos.aws.eks.kubeconfig;

import org.jspecify.annotations.NullMarked;
