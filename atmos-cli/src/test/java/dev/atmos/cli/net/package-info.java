@NullMarked
package dev.atmos.cli.net;

import org.jspecify.annotations.NullMarked;
