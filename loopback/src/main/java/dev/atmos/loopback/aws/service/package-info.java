/** The services of the stand-in for AWS. */
@NullMarked
package dev.atmos.loopback.aws.service;

import org.jspecify.annotations.NullMarked;
