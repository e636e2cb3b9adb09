/** The stand-in, as clients that are not ours see it. */
@NullMarked
package dev.atmos.loopback.aws;

import org.jspecify.annotations.NullMarked;
