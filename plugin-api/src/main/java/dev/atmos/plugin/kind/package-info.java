/**
 * What every type of kind has in common. A kind is what {@code kind:} names in the {@code auth}
 * section: a provider, an identity, an integration or a credential store.
 */
@NullMarked
package dev.atmos.plugin.kind;

import org.jspecify.annotations.NullMarked;
