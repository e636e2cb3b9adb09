/**
 * IAM as the stand-in knows it: users, roles and keys, the checks of signatures (AWS Signature
 * Version 4), and an issuer of OpenID Connect tokens.
 */
@NullMarked
package dev.atmos.loopback.aws.iam;

import org.jspecify.annotations.NullMarked;
