package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.http.ServerResponse;
import java.util.List;

/** The page on which a user approves a device, or denies it, as a browser shows it. */
public final class DevicePage implements AwsService {
  private final SsoOidc oidc;

  public DevicePage(SsoOidc oidc) {
    this.oidc = oidc;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    ServerRequest request = call.request();
    boolean post = request.method().equals("POST");
    List<Parameter> parameters = post ? request.form() : request.query();
    String code = ServerRequest.first(parameters, "user_code").orElse("");
    IdentityCenterInstance center = oidc.centerOfUserCode(code).orElse(null);
    if (center == null) {
      return LoopbackPage.sentence(404, "No device waits with this code.");
    }
    String user = center.firstUser().orElse("user");
    if (!post) {
      return form(code, user);
    }
    if (ServerRequest.first(parameters, "choice").orElse("").equals("allow")) {
      center.allow(code, ServerRequest.first(parameters, "user").orElse(user));
      return LoopbackPage.sentence(200, "The device is signed in. You may close this window.");
    }
    center.deny(code);
    return LoopbackPage.sentence(200, "The device was refused.");
  }

  /** The code is one of ours and the users are named by the test: neither holds any markup. */
  private static ServerResponse form(String code, String user) {
    return LoopbackPage.html(
        200,
        """
        <h1>Loopback AWS</h1>
        <p>A device asks to sign in. It shows the code <strong>%s</strong>.</p>
        <form method="post" action="/device">
        <input type="hidden" name="user_code" value="%s">
        <label>As <input name="user" value="%s"></label>
        <button name="choice" value="allow">Allow</button>
        <button name="choice" value="deny">Deny</button>
        </form>
        """
            .formatted(code, code, user));
  }
}
