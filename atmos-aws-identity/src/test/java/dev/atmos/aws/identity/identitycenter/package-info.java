@NullMarked
package dev.atmos.aws.identity.identitycenter;

import org.jspecify.annotations.NullMarked;
