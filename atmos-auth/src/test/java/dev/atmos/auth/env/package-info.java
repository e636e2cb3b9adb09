@NullMarked
package dev.atmos.auth.env;

import org.jspecify.annotations.NullMarked;
