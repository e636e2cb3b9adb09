/** The log of who became what, when and for which program. */
@NullMarked
package dev.atmos.services.audit;

import org.jspecify.annotations.NullMarked;
