/** The kubeconfig files of kubectl. */
@NullMarked
package dev.atmos.plugin.kube;

import org.jspecify.annotations.NullMarked;
