/** JSON (RFC 8259). {@link dev.atmos.text.json.JsonFieldReader} is for the token path. */
@NullMarked
package dev.atmos.text.json;

import org.jspecify.annotations.NullMarked;
