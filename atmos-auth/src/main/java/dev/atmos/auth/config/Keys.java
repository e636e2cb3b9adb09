package dev.atmos.auth.config;

/**
 * The keys of the {@code auth} section that the token path reads too. Constants only: using them
 * loads no class.
 */
public final class Keys {
  /** The section. */
  public static final String AUTH = "auth";

  /** The providers, by name. */
  public static final String PROVIDERS = "providers";

  /** The identities, by name. */
  public static final String IDENTITIES = "identities";

  /** The integrations, by name. */
  public static final String INTEGRATIONS = "integrations";

  /** What something is. */
  public static final String KIND = "kind";

  /** Whether an identity is meant where none is named. */
  public static final String DEFAULT = "default";

  /** Another name of an identity. */
  public static final String ALIAS = "alias";

  /** What the first credentials come from. */
  public static final String VIA = "via";

  /** What an {@code aws/user} signs with. */
  public static final String CREDENTIALS = "credentials";

  /** The access key's id. */
  public static final String ACCESS_KEY_ID = "access_key_id";

  /** The access key's secret part. */
  public static final String SECRET_ACCESS_KEY = "secret_access_key";

  /** The MFA device. */
  public static final String MFA_ARN = "mfa_arn";

  private static final String EMPTY = "' is empty; most likely its variable is not set";
  private static final String WITHOUT = "' is there without '";

  /** What is said of an empty access key id. */
  public static final String ACCESS_KEY_ID_EMPTY = "'" + ACCESS_KEY_ID + EMPTY;

  /** What is said of an empty secret part. */
  public static final String SECRET_ACCESS_KEY_EMPTY = "'" + SECRET_ACCESS_KEY + EMPTY;

  /** What is said of an access key id alone. */
  public static final String ACCESS_KEY_ID_ALONE =
      "'" + ACCESS_KEY_ID + WITHOUT + SECRET_ACCESS_KEY + "'";

  /** What is said of a secret part alone. */
  public static final String SECRET_ACCESS_KEY_ALONE =
      "'" + SECRET_ACCESS_KEY + WITHOUT + ACCESS_KEY_ID + "'";

  /** What is said of an access key id that holds anything but visible ASCII. */
  public static final String ACCESS_KEY_ID_CHARACTERS =
      "'" + ACCESS_KEY_ID + "' holds a character that no access key id has";

  private Keys() {}
}
