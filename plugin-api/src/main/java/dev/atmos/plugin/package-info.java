/**
 * The extension point of atmos. An author implements {@link dev.atmos.plugin.Plugin}; everything
 * that such a class needs from the world comes through {@link
 * dev.atmos.plugin.context.PluginContext}.
 */
@NullMarked
package dev.atmos.plugin;

import org.jspecify.annotations.NullMarked;
