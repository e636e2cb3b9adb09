/**
 * Plans changes of kubeconfigs: which entries are added, updated and removed, and under which
 * names.
 */
@NullMarked
package dev.atmos.kubeconfig.plan;

import org.jspecify.annotations.NullMarked;
