@NullMarked
package dev.atmos.aws.identity.login;

import org.jspecify.annotations.NullMarked;
