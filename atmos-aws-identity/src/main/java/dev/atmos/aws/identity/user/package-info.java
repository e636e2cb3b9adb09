/** IAM users: with a key in the configuration or a stored one, with and without MFA. */
@NullMarked
package dev.atmos.aws.identity.user;

import org.jspecify.annotations.NullMarked;
