@NullMarked
package dev.atmos.aws.identity.ambient;

import org.jspecify.annotations.NullMarked;
