package dev.atmos.auth.session;

import dev.atmos.plugin.auth.SignInDialog;

/**
 * How to sign in.
 *
 * @param dialog who is asked; it also decides whether a browser is opened
 * @param force whether to sign in although what is kept would do
 */
public record SignInOptions(SignInDialog dialog, boolean force) {}
