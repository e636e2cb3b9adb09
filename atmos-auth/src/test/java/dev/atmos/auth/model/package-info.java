@NullMarked
package dev.atmos.auth.model;

import org.jspecify.annotations.NullMarked;
