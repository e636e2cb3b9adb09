/**
 * A small HTTP/1.1 server that, unlike the JDK's, can break: it resets connections, sends half an
 * answer, or none. It speaks HTTP and TLS on one port, and there is a proxy that leads any host's
 * name to it.
 */
@NullMarked
package dev.atmos.loopback.http;

import org.jspecify.annotations.NullMarked;
