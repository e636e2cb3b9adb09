/** The files of docker and podman, and what docker asks its helper. */
@NullMarked
package dev.atmos.aws.ecr.docker;

import org.jspecify.annotations.NullMarked;
