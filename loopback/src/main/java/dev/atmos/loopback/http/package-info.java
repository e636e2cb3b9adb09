/**
 * A small HTTP/1.1 server for tests. It speaks HTTP and TLS on one port and, unlike the JDK's
 * server, can reset a connection, send half an answer or none, and send the date that a test wants.
 * A proxy leads any host name to it.
 */
@NullMarked
package dev.atmos.loopback.http;

import org.jspecify.annotations.NullMarked;
