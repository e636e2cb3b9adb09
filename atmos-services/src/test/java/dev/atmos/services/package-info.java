@NullMarked
package dev.atmos.services;

import org.jspecify.annotations.NullMarked;
