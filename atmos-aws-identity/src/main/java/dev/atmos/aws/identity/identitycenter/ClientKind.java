package dev.atmos.aws.identity.identitycenter;

/** As what this program registers: AWS doesn't let one client use both grants. */
enum ClientKind {
  /** For codes that are approved on any machine (RFC 8628). */
  DEVICE("urn:ietf:params:oauth:grant-type:device_code", ""),
  /** For a browser on this machine (RFC 8252). */
  BROWSER("authorization_code", "browser.");

  private final String grant;
  private final String prefix;

  ClientKind(String grant, String prefix) {
    this.grant = grant;
    this.prefix = prefix;
  }

  /** The grant type by which such a client gets its first token. */
  String grant() {
    return grant;
  }

  /** The name of a member of the saved state that is this kind's own. */
  String member(String name) {
    return prefix + name;
  }
}
