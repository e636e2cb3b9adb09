package dev.atmos.auth.model;

import dev.atmos.plugin.config.Position;

/**
 * What an identity or an integration gets its credentials from, as it is shown.
 *
 * @param part the part in which the name is to be found: providers or identities
 * @param name the name; the tag, where one made it
 * @param position where the name was written
 */
public record Via(AuthPart part, String name, Position position) {}
