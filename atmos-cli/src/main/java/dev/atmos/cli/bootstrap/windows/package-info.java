/** What Windows offers by functions of its libraries only. */
@NullMarked
package dev.atmos.cli.bootstrap.windows;

import org.jspecify.annotations.NullMarked;
