/** What the kinds have in common. Depends on no kind. */
@NullMarked
package dev.atmos.aws.identity.support;

import org.jspecify.annotations.NullMarked;
