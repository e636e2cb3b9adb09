@NullMarked
package dev.atmos.aws.ecr.registry;

import org.jspecify.annotations.NullMarked;
