@NullMarked
package dev.atmos.auth.aws;

import org.jspecify.annotations.NullMarked;
