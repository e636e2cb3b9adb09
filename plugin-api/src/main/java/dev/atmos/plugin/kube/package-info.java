/**
 * Kubeconfigs: what a feature wants to be in them, the plan that this makes, and the service that
 * carries it out without touching a byte that isn't its own.
 */
@NullMarked
package dev.atmos.plugin.kube;

import org.jspecify.annotations.NullMarked;
