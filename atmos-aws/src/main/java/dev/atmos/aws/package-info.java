/**
 * How features call AWS through the AWS SDK for Java: credentials, endpoints, time limits and error
 * messages. A library, not a plugin; third-party plugins can't see it.
 */
@NullMarked
package dev.atmos.aws;

import org.jspecify.annotations.NullMarked;
