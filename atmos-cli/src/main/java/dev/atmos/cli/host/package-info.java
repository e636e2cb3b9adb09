/**
 * The plugin host: metadata first, code only of the plugin that is addressed, third-party jars in
 * class loaders of their own, and one gate that contains what goes wrong in them.
 */
@NullMarked
package dev.atmos.cli.host;

import org.jspecify.annotations.NullMarked;
