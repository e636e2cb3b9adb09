/**
 * A stand-in for AWS on 127.0.0.1: the services that sign-in and EKS need, with state, with real
 * checks of every signature, and with answers that a test can make fail. {@link
 * dev.atmos.loopback.aws.LoopbackAws} is the entry point.
 */
@NullMarked
package dev.atmos.loopback.aws;

import org.jspecify.annotations.NullMarked;
