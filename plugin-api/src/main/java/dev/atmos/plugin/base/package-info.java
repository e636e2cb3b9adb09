/** What every other package of the API builds on: failures, exit codes, secrets, versions. */
@NullMarked
package dev.atmos.plugin.base;

import org.jspecify.annotations.NullMarked;
