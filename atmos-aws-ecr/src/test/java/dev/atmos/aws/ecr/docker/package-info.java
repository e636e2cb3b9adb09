@NullMarked
package dev.atmos.aws.ecr.docker;

import org.jspecify.annotations.NullMarked;
