package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;

/** A request of a browser that waits for its answer. Its target may hold a secret. */
public interface CallbackRequest {

  /** The method, such as {@code GET}. */
  String method();

  /** The path and the query as they were sent. */
  String target();

  /** The header {@code Host}; empty if there is none. */
  String host();

  /**
   * Answers it, once. A browser that has gone gets nothing; this never fails.
   *
   * @param html a whole page
   */
  void answer(int status, String html);

  /** Leads the browser to an address, which may be a secret, in place of an answer. */
  void redirect(Secret address);
}
