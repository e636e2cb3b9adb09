/** IAM Identity Center: the sign-in, its access portal, and the permission sets behind it. */
@NullMarked
package dev.atmos.aws.identity.identitycenter;

import org.jspecify.annotations.NullMarked;
