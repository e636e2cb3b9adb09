@NullMarked
package dev.atmos.kubeconfig.plan;

import org.jspecify.annotations.NullMarked;
