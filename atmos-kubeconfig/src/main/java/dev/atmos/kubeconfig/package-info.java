/**
 * Kubeconfigs, changed without touching what isn't ours: {@link dev.atmos.kubeconfig.Document}
 * reads a text with the places of everything in it, {@link dev.atmos.kubeconfig.Edit} splices into
 * it and checks the result by reading it again, {@link dev.atmos.kubeconfig.Planner} decides what
 * changes, and {@link dev.atmos.kubeconfig.Store} carries it out under a lock.
 */
@NullMarked
package dev.atmos.kubeconfig;

import org.jspecify.annotations.NullMarked;
