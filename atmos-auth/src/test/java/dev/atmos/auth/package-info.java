@NullMarked
package dev.atmos.auth;

import org.jspecify.annotations.NullMarked;
