/** What a plugin is given to work with. */
@NullMarked
package dev.atmos.plugin.context;

import org.jspecify.annotations.NullMarked;
