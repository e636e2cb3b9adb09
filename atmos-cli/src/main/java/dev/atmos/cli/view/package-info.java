/** The configuration as it may be shown: without its secrets. */
@NullMarked
package dev.atmos.cli.view;

import org.jspecify.annotations.NullMarked;
