@NullMarked
package dev.atmos.cli.command;

import org.jspecify.annotations.NullMarked;
