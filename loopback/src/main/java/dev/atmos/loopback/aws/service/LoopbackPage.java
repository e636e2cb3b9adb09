package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.http.ServerResponse;

/** Pages of the stand-in, as a browser shows them. */
final class LoopbackPage {
  private static final String START =
      """
      <!doctype html>
      <meta charset="utf-8">
      <title>Loopback AWS</title>
      """;

  private LoopbackPage() {}

  static ServerResponse sentence(int status, String text) {
    return html(status, "<p>" + text + "</p>\n");
  }

  static ServerResponse html(int status, String body) {
    return ServerResponse.of(status, "text/html; charset=utf-8", START + body);
  }
}
