@NullMarked
package dev.atmos.auth.store;

import org.jspecify.annotations.NullMarked;
