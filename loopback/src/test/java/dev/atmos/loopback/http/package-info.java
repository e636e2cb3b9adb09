/** The server that can break, and the proxy that leads to it. */
@NullMarked
package dev.atmos.loopback.http;

import org.jspecify.annotations.NullMarked;
