/**
 * The kind {@code aws/login}: credentials of the AWS console's sign-in, as the AWS CLI's {@code aws
 * login} gets them.
 */
@NullMarked
package dev.atmos.aws.identity.login;

import org.jspecify.annotations.NullMarked;
