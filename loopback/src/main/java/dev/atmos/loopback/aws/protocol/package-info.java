/** The operations of AWS, and how each service words its results and its errors. */
@NullMarked
package dev.atmos.loopback.aws.protocol;

import org.jspecify.annotations.NullMarked;
