@NullMarked
package dev.atmos.aws.identity.user;

import org.jspecify.annotations.NullMarked;
