/** What the engine of identities supplies to other built-in features. */
@NullMarked
package dev.atmos.services.auth;

import org.jspecify.annotations.NullMarked;
