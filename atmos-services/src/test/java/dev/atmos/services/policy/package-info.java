@NullMarked
package dev.atmos.services.policy;

import org.jspecify.annotations.NullMarked;
