package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.identity.support.AuthorizationServer;
import dev.atmos.aws.identity.support.Pkce;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;

/** The page of an Identity Center, at which a browser on this machine signs in. */
record AuthorizePage(IdentityCenterClient client) implements AuthorizationServer<Token> {

  @Override
  public String name() {
    return client.provider();
  }

  @Override
  public String page(Pkce pkce, String redirectUri) {
    return client.authorizePage()
        + "?response_type=code&client_id="
        + encoded(client.registration(ClientKind.BROWSER).clientId())
        + "&redirect_uri="
        + encoded(redirectUri)
        + "&state="
        + pkce.state().reveal()
        + "&code_challenge_method=S256&scopes="
        + encoded(String.join(" ", IdentityCenterClient.scopes()))
        + "&code_challenge="
        + pkce.challenge();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public Token redeem(String code, Pkce pkce, String redirectUri) {
    return client.issued(
        client.token(
            ClientKind.BROWSER,
            CreateTokenRequest.builder()
                .code(code)
                .codeVerifier(pkce.verifier().reveal())
                .redirectUri(redirectUri)));
  }

  @Override
  public void reject() {
    // AWS shows an error page of its own to a browser that comes from a client it has forgotten.
    client.forgetUnused(ClientKind.BROWSER);
  }

  @Override
  public AtmosException refused() {
    return client.failures().refused();
  }

  @Override
  public AtmosException failed(String why) {
    return client.failures().failed(why);
  }

  @Override
  public AtmosException late(String what, String fix) {
    return client.failures().late(what, fix);
  }
}
