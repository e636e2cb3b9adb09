/**
 * The {@code auth} section as a model: names, kinds, who goes through whom, its schema, and what is
 * wrong with it. It knows no kind; the registry does.
 */
@NullMarked
package dev.atmos.auth.model;

import org.jspecify.annotations.NullMarked;
