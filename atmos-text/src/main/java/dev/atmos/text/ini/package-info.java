/** The INI files that the AWS tools share. On the token path. */
@NullMarked
package dev.atmos.text.ini;

import org.jspecify.annotations.NullMarked;
