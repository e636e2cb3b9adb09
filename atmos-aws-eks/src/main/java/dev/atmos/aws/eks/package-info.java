/**
 * Amazon EKS for atmos: {@code atmos aws eks token}, which kubectl runs to get a bearer token.
 *
 * <p>From {@link dev.atmos.aws.eks.TokenCommand} on, everything here is on the path of every
 * kubectl call and runs cold: few classes, no regular expressions, no formatters, no streams.
 */
@NullMarked
package dev.atmos.aws.eks;

import org.jspecify.annotations.NullMarked;
