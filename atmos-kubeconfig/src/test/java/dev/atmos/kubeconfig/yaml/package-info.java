@NullMarked
package dev.atmos.kubeconfig.yaml;

import org.jspecify.annotations.NullMarked;
