/** The configuration as values, its checks, and which files may have which effects. */
@NullMarked
package dev.atmos.services.config;

import org.jspecify.annotations.NullMarked;
