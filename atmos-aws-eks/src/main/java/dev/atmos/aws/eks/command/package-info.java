/** The commands of {@code atmos aws eks}. */
@NullMarked
package dev.atmos.aws.eks.command;

import org.jspecify.annotations.NullMarked;
