@NullMarked
package dev.atmos.aws.eks.cluster;

import org.jspecify.annotations.NullMarked;
