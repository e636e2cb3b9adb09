package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;

/**
 * A text together with where it was written, for what needs the user's trust in the file: a URL
 * that something is sent to, or a command that is run.
 *
 * @param text the text
 * @param position where it begins
 */
public record Located(String text, Position position) {}
