/** What the administrator of the machine allows. */
@NullMarked
package dev.atmos.services.policy;

import org.jspecify.annotations.NullMarked;
