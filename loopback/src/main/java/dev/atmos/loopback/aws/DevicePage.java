package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Answer;
import dev.atmos.loopback.http.Request;

/** The page where somebody says yes or no to a device, as a browser shows it. */
final class DevicePage implements Service {
  private final SsoOidc oidc;

  DevicePage(SsoOidc oidc) {
    this.oidc = oidc;
  }

  @Override
  public Answer perform(Call call) {
    Request request = call.request();
    boolean post = request.method().equals("POST");
    String code = Request.first(post ? request.form() : request.query(), "user_code").orElse("");
    IdentityCenter center = oidc.centerOfUserCode(code).orElse(null);
    if (center == null) {
      return html(404, said("No device waits with this code."));
    }
    String first = center.firstUser().orElse("nobody");
    if (!post) {
      return html(200, form(code, first));
    }
    if (Request.first(request.form(), "choice").orElse("").equals("allow")) {
      center.allow(code, Request.first(request.form(), "user").orElse(first));
      return html(200, said("The device is signed in. You may close this window."));
    }
    center.deny(code);
    return html(200, said("The device was refused."));
  }

  /**
   * Only codes of ours get here, and users are whom the test has named: there is no markup in them.
   */
  private static String form(String code, String user) {
    return """
    <!doctype html>
    <meta charset="utf-8">
    <title>Loopback AWS</title>
    <h1>Loopback AWS</h1>
    <p>A device asks to sign in. It shows the code <strong>%s</strong>.</p>
    <form method="post" action="/device">
    <input type="hidden" name="user_code" value="%s">
    <label>As <input name="user" value="%s"></label>
    <button name="choice" value="allow">Allow</button>
    <button name="choice" value="deny">Deny</button>
    </form>
    """
        .formatted(code, code, user);
  }

  private static String said(String sentence) {
    return "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Loopback AWS</title>\n<p>"
        + sentence
        + "</p>\n";
  }

  private static Answer html(int status, String text) {
    return Answer.of(status, "text/html; charset=utf-8", text);
  }
}
