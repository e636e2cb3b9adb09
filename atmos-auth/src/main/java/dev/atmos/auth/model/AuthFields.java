package dev.atmos.auth.model;

/**
 * The keys of the {@code auth} section that belong to no kind. Constants only: using them loads no
 * class.
 */
public final class AuthFields {
  /** The section. */
  public static final String AUTH = "auth";

  /** The providers, by name. */
  public static final String PROVIDERS = "providers";

  /** The identities, by name. */
  public static final String IDENTITIES = "identities";

  /** The integrations, by name. */
  public static final String INTEGRATIONS = "integrations";

  /** Keeps credentials apart. */
  public static final String REALM = "realm";

  /** Where sign-ins are kept. */
  public static final String KEYRING = "keyring";

  /** Which store of {@link #KEYRING}, and its settings. */
  public static final String KEYRING_TYPE = "type";

  /** The settings of a keyring or an integration. */
  public static final String SPEC = "spec";

  /** What a definition is. */
  public static final String KIND = "kind";

  /** Whether an identity is used where none is named. */
  public static final String DEFAULT = "default";

  /** Another name of an identity. */
  public static final String ALIAS = "alias";

  /** What the first credentials come from. */
  public static final String VIA = "via";

  /** The key of {@link #VIA} that names a provider. */
  public static final String PROVIDER = "provider";

  /** The key of {@link #VIA} that names an identity. */
  public static final String IDENTITY = "identity";

  /** What a definition can be selected by. */
  public static final String TAGS = "tags";

  /** Variables for programs. */
  public static final String ENV = "env";

  /** How long a session lasts. */
  public static final String SESSION_DURATION = "session.duration";

  /** Whether the web console is opened apart from others. */
  public static final String CONSOLE_ISOLATED = "console.isolated";

  /** Another name of {@link #CONSOLE_ISOLATED}. */
  public static final String CONSOLE_ISOLATED_SESSIONS = "console.isolated_sessions";

  /** The browser of the web console. */
  public static final String CONSOLE_BROWSER = "console.browser";

  /** The add-on that opens containers of Firefox. */
  public static final String CONSOLE_ADD_ON = "console.firefox_add_on";

  /** How long a session of the web console lasts. */
  public static final String CONSOLE_DURATION = "console.session_duration";

  /** Whether a sign-in sets an integration up. */
  public static final String AUTO_PROVISION = "spec.auto_provision";

  private AuthFields() {}
}
