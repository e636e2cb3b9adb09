@NullMarked
package dev.atmos.auth.list;

import org.jspecify.annotations.NullMarked;
