package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;

/**
 * A request of a browser, or another program, that waits for its answer. Its target may hold a
 * secret.
 */
public interface CallbackRequest {

  /** The method, such as {@code GET}. */
  String method();

  /** The path and the query as they were sent. */
  String target();

  /** The header {@code Host}; empty if there is none, or several. */
  String host();

  /** The header {@code Authorization}; empty if there is none, or several. */
  Secret authorization();

  /**
   * Answers it, once. A browser that has gone gets nothing; this never fails.
   *
   * @param html a whole page
   */
  void answer(int status, String html);

  /**
   * Answers it with JSON in place of a page.
   *
   * @param json a whole text
   */
  void answerJson(int status, Secret json);

  /** Leads the browser to an address, which may be a secret, in place of an answer. */
  void redirect(Secret address);
}
