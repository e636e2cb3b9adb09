@NullMarked
package dev.atmos.cli.dispatch;

import org.jspecify.annotations.NullMarked;
