@NullMarked
package dev.atmos.text;

import org.jspecify.annotations.NullMarked;
