/** What plugins are given, over the ports of the system. */
@NullMarked
package dev.atmos.cli.context;

import org.jspecify.annotations.NullMarked;
