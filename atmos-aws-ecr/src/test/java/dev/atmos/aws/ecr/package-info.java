@NullMarked
package dev.atmos.aws.ecr;

import org.jspecify.annotations.NullMarked;
