@NullMarked
package dev.atmos.auth.chain;

import org.jspecify.annotations.NullMarked;
