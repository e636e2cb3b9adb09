@NullMarked
package dev.atmos.aws.identity;

import org.jspecify.annotations.NullMarked;
