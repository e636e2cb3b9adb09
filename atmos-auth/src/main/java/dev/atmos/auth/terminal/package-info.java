/** Talking to the person at the terminal: lists to pick from, pages to visit, questions. */
@NullMarked
package dev.atmos.auth.terminal;

import org.jspecify.annotations.NullMarked;
