@NullMarked
package dev.atmos.auth.command;

import org.jspecify.annotations.NullMarked;
