/**
 * Where secrets are on disk. Two kinds: the short-lived credentials of roles, in the AWS tools' own
 * files ({@link dev.atmos.auth.store.RoleCredentialFiles}), and what a sign-in leaves behind, in a
 * credential store ({@link dev.atmos.auth.store.SignInState}). Both are kept by what they were made
 * from, not by the name that a configuration gives it ({@link dev.atmos.auth.store.Fingerprint}).
 */
@NullMarked
package dev.atmos.auth.store;

import org.jspecify.annotations.NullMarked;
