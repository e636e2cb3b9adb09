@NullMarked
package dev.atmos.aws.eks.token;

import org.jspecify.annotations.NullMarked;
