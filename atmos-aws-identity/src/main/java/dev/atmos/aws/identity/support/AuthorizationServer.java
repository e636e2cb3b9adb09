package dev.atmos.aws.identity.support;

import dev.atmos.plugin.base.AtmosException;

/**
 * Where a user signs in with a browser, as the authorization code grant needs it (RFC 6749, section
 * 4.1).
 *
 * @param <T> what a code is exchanged for
 */
public interface AuthorizationServer<T> {

  /** The name of the provider or identity that the user signs in to. */
  String name();

  /** The address of the page that asks the user. */
  String page(Pkce pkce, String redirectUri);

  /**
   * Exchanges a code.
   *
   * @throws AtmosException if that fails
   */
  T redeem(String code, Pkce pkce, String redirectUri);

  /** The server may not know this program any more: the next sign-in introduces it again. */
  default void reject() {}

  /** The failure of a user who has said no. */
  AtmosException refused();

  /** The failure for a reason. */
  AtmosException failed(String why);

  /**
   * The failure of an answer that didn't come.
   *
   * @param fix what to do
   */
  AtmosException late(String what, String fix);
}
