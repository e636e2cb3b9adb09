@NullMarked
package dev.atmos.auth.config;

import org.jspecify.annotations.NullMarked;
