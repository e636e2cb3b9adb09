/**
 * Services between the program and its built-in features. Plugins of third parties can't see this
 * module; built-in ones reach it by {@link dev.atmos.services.Services#of}.
 */
@NullMarked
package dev.atmos.services;

import org.jspecify.annotations.NullMarked;
