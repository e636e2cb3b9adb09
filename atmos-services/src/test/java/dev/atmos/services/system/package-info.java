@NullMarked
package dev.atmos.services.system;

import org.jspecify.annotations.NullMarked;
