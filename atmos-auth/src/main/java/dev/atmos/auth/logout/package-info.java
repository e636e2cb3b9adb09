/** What a logout removes, as values. */
@NullMarked
package dev.atmos.auth.logout;

import org.jspecify.annotations.NullMarked;
