/** What the training of the start-up caches needs beside the program. */
@NullMarked
package dev.atmos.cli.bootstrap.training;

import org.jspecify.annotations.NullMarked;
