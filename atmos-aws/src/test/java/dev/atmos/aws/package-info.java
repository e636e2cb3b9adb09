@NullMarked
package dev.atmos.aws;

import org.jspecify.annotations.NullMarked;
