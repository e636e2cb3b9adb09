@NullMarked
package dev.atmos.aws.eks.doctor;

import org.jspecify.annotations.NullMarked;
