@NullMarked
package dev.atmos.aws.identity.support;

import org.jspecify.annotations.NullMarked;
