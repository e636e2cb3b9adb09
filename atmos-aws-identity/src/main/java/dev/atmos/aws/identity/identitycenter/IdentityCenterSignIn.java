package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.identity.support.BrowserFlow;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.auth.BrowserField;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.util.Optional;

/**
 * One sign-in to an IAM Identity Center: with the refresh token if the user can't be asked, else in
 * a browser. One on this machine is asked directly, any other by a device code.
 */
final class IdentityCenterSignIn {
  static final String AUTO = "auto";
  static final String PKCE = "pkce";
  static final String DEVICE = "device";

  private final Services services;
  private final StepRequest request;
  private final Definition definition;

  IdentityCenterSignIn(Services services, StepRequest request, Definition definition) {
    this.services = services;
    this.request = request;
    this.definition = definition;
  }

  Token grant() {
    Optional<SignInDialog> user =
        request.dialog().map(dialog -> BrowserField.of(definition, dialog));
    // Before anything is sent: it fails if this file may not name a browser.
    boolean hasBrowser = user.isPresent() && user.get().hasLocalBrowser();
    try (IdentityCenterClient client = new IdentityCenterClient(services, request, definition)) {
      return user.isEmpty() ? client.refresh() : approved(client, user.get(), hasBrowser);
    }
  }

  private Token approved(IdentityCenterClient client, SignInDialog user, boolean hasBrowser) {
    String flow = definition.text(IdentityCenterType.FLOW).orElse(AUTO);
    if (!user.prefersDeviceCode() && (flow.equals(PKCE) || (flow.equals(AUTO) && hasBrowser))) {
      Optional<Token> token = inBrowser(client, user, flow);
      if (token.isPresent()) {
        return token.get();
      }
    }
    return new DeviceCodeFlow(client).signIn(user);
  }

  private Optional<Token> inBrowser(IdentityCenterClient client, SignInDialog user, String flow) {
    try (CallbackListener listener = services.network().listen()) {
      return new BrowserFlow<>(services, new AuthorizePage(client), listener).signIn(user);
    } catch (IOException e) {
      String problem = "can't listen on 127.0.0.1 (" + e.getMessage() + ")";
      if (flow.equals(AUTO)) {
        services.console().say(problem + ", so a code takes its place");
        return Optional.empty();
      }
      throw new AtmosException(
          ExitCode.FAILED,
          problem + ", where the sign-in to " + DisplayNames.quoted(definition.name()) + " ends",
          "sign in with --device, or set 'flow: auto'",
          e);
    }
  }
}
