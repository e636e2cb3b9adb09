@NullMarked
package dev.atmos.aws.ecr.integration;

import org.jspecify.annotations.NullMarked;
