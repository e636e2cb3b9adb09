/** Which proxy serves a URL, and which certificates are trusted: by variables and files. */
@NullMarked
package dev.atmos.cli.net;

import org.jspecify.annotations.NullMarked;
