/** How to behave at the user's terminal. */
@NullMarked
package dev.atmos.services.terminal;

import org.jspecify.annotations.NullMarked;
