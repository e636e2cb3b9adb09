@NullMarked
package dev.atmos.text.json;

import org.jspecify.annotations.NullMarked;
