@NullMarked
package dev.atmos.services.kube;

import org.jspecify.annotations.NullMarked;
