@NullMarked
package dev.atmos.auth.terminal;

import org.jspecify.annotations.NullMarked;
