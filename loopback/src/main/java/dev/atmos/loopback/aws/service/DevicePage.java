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
      // The code is one of ours, and holds no markup.
      return LoopbackPage.form(
          "/device",
          "A device asks to sign in. It shows the code <strong>" + code + "</strong>.",
          List.of(new Parameter("user_code", code)),
          user);
    }
    if (ServerRequest.first(parameters, "choice").orElse("").equals("allow")) {
      center.allow(code, ServerRequest.first(parameters, "user").orElse(user));
      return LoopbackPage.sentence(200, "The device is signed in. You may close this window.");
    }
    center.deny(code);
    return LoopbackPage.sentence(200, "The device was refused.");
  }
}
