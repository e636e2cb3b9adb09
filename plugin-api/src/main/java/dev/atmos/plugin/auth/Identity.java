package dev.atmos.plugin.auth;

/**
 * One identity of the configuration. A kind that needs only its definition has one method, {@link
 * #grant}; the other methods of {@link ChainStep} let its grants be cached. {@code aws eks token}
 * needs an identity that gives {@link AwsCredentials}.
 */
@FunctionalInterface
public interface Identity extends ChainStep {}
