/**
 * {@code atmos auth list}: the {@code auth} section for people and programs to read, as a tree,
 * tables, data or a graph. Nothing is run, asked or made for it.
 */
@NullMarked
package dev.atmos.auth.list;

import org.jspecify.annotations.NullMarked;
