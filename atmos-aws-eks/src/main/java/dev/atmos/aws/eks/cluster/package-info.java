/** EKS clusters: their names and regions, and how they are looked up in AWS. */
@NullMarked
package dev.atmos.aws.eks.cluster;

import org.jspecify.annotations.NullMarked;
