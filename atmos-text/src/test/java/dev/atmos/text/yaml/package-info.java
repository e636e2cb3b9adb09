@NullMarked
package dev.atmos.text.yaml;

import org.jspecify.annotations.NullMarked;
