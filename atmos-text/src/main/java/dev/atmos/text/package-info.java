/** Text: made safe to display, quoted for shells, decoded; times and names in it. */
@NullMarked
package dev.atmos.text;

import org.jspecify.annotations.NullMarked;
