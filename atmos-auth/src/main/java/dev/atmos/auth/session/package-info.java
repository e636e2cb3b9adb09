@NullMarked
package dev.atmos.auth.session;

import org.jspecify.annotations.NullMarked;
