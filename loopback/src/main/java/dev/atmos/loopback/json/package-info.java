/** JSON as the stand-ins read and write it. */
@NullMarked
package dev.atmos.loopback.json;

import org.jspecify.annotations.NullMarked;
