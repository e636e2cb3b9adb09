/** Which files are trusted, and what only trusted files may do. */
@NullMarked
package dev.atmos.cli.config.trust;

import org.jspecify.annotations.NullMarked;
