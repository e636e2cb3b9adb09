/** AWS's web console: its pages, and the sign-in of a browser by federation. */
@NullMarked
package dev.atmos.aws.identity.console;

import org.jspecify.annotations.NullMarked;
