@NullMarked
package dev.atmos.kubeconfig.file;

import org.jspecify.annotations.NullMarked;
