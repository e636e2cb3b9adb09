package dev.atmos.plugin.auth;

/**
 * One identity of the configuration. A kind that needs nothing but its definition is one method,
 * {@link #grant}; {@link ChainStep} has what else a kind can say to take part in chains and to have
 * its grants cached. {@code aws eks token} needs an identity that gives {@link AwsCredentials}.
 */
@FunctionalInterface
public interface Identity extends ChainStep {}
