@NullMarked
package dev.atmos.text.ini;

import org.jspecify.annotations.NullMarked;
