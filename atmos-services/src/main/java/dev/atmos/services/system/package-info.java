/** The operating system, as far as plugins of third parties don't need it. */
@NullMarked
package dev.atmos.services.system;

import org.jspecify.annotations.NullMarked;
