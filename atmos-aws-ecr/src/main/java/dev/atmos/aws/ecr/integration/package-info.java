/** The integration kinds {@code aws/ecr} and {@code aws/ecr-public}. */
@NullMarked
package dev.atmos.aws.ecr.integration;

import org.jspecify.annotations.NullMarked;
