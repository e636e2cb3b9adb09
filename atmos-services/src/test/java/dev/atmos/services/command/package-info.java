@NullMarked
package dev.atmos.services.command;

import org.jspecify.annotations.NullMarked;
