/** The keyrings of operating systems, each by what the system brings. */
@NullMarked
package dev.atmos.auth.store.keyring;

import org.jspecify.annotations.NullMarked;
