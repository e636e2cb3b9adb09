@NullMarked
package dev.atmos.kubeconfig;

import org.jspecify.annotations.NullMarked;
