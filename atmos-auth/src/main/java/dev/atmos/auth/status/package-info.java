/** How identities and providers stand, for people, prompts and programs. */
@NullMarked
package dev.atmos.auth.status;

import org.jspecify.annotations.NullMarked;
