@NullMarked
package dev.atmos.services.config;

import org.jspecify.annotations.NullMarked;
