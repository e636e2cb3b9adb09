@NullMarked
package dev.atmos.services.cli;

import org.jspecify.annotations.NullMarked;
