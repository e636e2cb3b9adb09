@NullMarked
package dev.atmos.aws.eks.integration;

import org.jspecify.annotations.NullMarked;
