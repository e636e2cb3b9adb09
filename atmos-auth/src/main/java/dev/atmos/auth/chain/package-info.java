/**
 * The way from a sign-in to the credentials of an identity: what is kept on it, what is made anew,
 * and what is taken away again at logout.
 */
@NullMarked
package dev.atmos.auth.chain;

import org.jspecify.annotations.NullMarked;
