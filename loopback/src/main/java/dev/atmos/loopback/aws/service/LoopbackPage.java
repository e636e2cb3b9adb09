package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.http.ServerResponse;
import java.util.List;

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

  /**
   * A form on which a user says yes or no.
   *
   * @param action where the answer goes
   * @param question what is asked, without markup of others
   * @param hidden what goes along with the answer
   */
  static ServerResponse form(String action, String question, List<Parameter> hidden, String user) {
    StringBuilder fields = new StringBuilder();
    for (Parameter each : hidden) {
      fields.append(
          "<input type=\"hidden\" name=\"%s\" value=\"%s\">%n"
              .formatted(escaped(each.name()), escaped(each.value())));
    }
    return html(
        200,
        """
        <h1>Loopback AWS</h1>
        <p>%s</p>
        <form method="post" action="%s">
        %s<label>As <input name="user" value="%s"></label>
        <button name="choice" value="allow">Allow</button>
        <button name="choice" value="deny">Deny</button>
        </form>
        """
            .formatted(question, action, fields, escaped(user)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static ServerResponse html(int status, String body) {
    return ServerResponse.of(status, "text/html; charset=utf-8", START + body);
  }
}
