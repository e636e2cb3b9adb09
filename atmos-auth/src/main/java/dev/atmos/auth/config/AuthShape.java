package dev.atmos.auth.config;

import dev.atmos.services.config.DurationText;
import dev.atmos.plugin.config.Shape;
import dev.atmos.plugin.config.Shape.Field;
import dev.atmos.plugin.config.Shape.Fields;
import dev.atmos.plugin.config.Shape.Role;
import dev.atmos.plugin.config.Shape.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code auth} section may hold. */
public final class AuthShape {
  static final List<String> ROOT_TASKS =
      List.of(
          "IAMAuditRootUserCredentials",
          "IAMCreateRootUserPassword",
          "IAMDeleteRootUserCredentials",
          "S3UnlockBucketPolicy",
          "SQSUnlockQueuePolicy");

  /**
   * Letters, digits and what AWS allows beside them in the names of roles, sessions and devices.
   *
   * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
   *     AssumeRole</a>
   */
  private static final String A_PROVIDER = "The name of a provider.";

  private static final String AN_IDENTITY = "The name of an identity.";
  private static final String WORD = "[0-9A-Za-z_+=,.@-]";

  private static final String PARTITION = "arn:aws[a-z-]{0,20}:iam::";
  private static final String ACCOUNT = "[0-9]{12}";

  /** Of the shape that every region has, and a label of a host name (RFC 1035, 2.3.4). */
  private static final String REGION = "(?=.{1,63}$)[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}";

  private static final String URL_REST = "(?::[0-9]{1,5})?(?:[/?#]\\S*)?";

  private static final String HTTPS =
      "https://[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?" + URL_REST;

  /** Without TLS to one's own machine only. */
  private static final String HTTPS_OR_LOOPBACK =
      HTTPS + "|http://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])" + URL_REST;

  private AuthShape() {}

  /** The shape, made anew: it is asked for where configuration is checked, shown or printed. */
  public static Fields section() {
    return fields(
        "Providers to sign in with, identities to be, and what is set up with them.",
        optional("realm", realm()),
        optional(
            "logs",
            fields(
                "What is logged of signing in.",
                optional(
                    "level",
                    values("How much is logged of signing in.", "Debug", "Info", "Warn", "Error")),
                optional("file", text("Read for compatibility, and not used.")))),
        optional("keyring", keyring()),
        optional(
            "console",
            fields(
                "How the web console is opened.",
                optional(
                    "isolated", flag("Opens the web console in a session of its own."), "false"),
                optional(
                    "isolated_sessions", flag("Another name of isolated, which is used first.")))),
        optional(Keys.PROVIDERS, new Shape.Named("Where somebody signs in, by name.", provider())),
        optional(
            Keys.IDENTITIES,
            new Shape.Named("Who somebody can be after signing in, by name.", identity())),
        optional(
            Keys.INTEGRATIONS,
            new Shape.Named("What is set up with an identity, by name.", integration())));
  }

  private static Fields keyring() {
    return fields(
        "Where what was signed in with is kept.",
        optional("type", keyringType()),
        optional(
            "spec",
            fields(
                "Settings of the keyring.",
                optional("path", text("The directory of a keyring of type file.")),
                optional(
                    "password_env",
                    text(
                        "The environment variable that holds the password of a keyring of type"
                            + " file.",
                        "[A-Za-z_][0-9A-Za-z_]*",
                        "the name of an environment variable",
                        "KEYRING_PASSWORD"),
                    Keyring.DEFAULT.passwordVariable()))));
  }

  /** A realm; also what {@code ATMOS_AUTH_REALM} may hold. */
  public static Text realm() {
    return text(
        "Keeps the credentials of this configuration apart from those of others.",
        "(?=.{1,64}$)[a-z0-9]+(?:[_-][a-z0-9]+)*",
        "1 to 64 lower-case letters and digits, with single '-' or '_' between them",
        "acme-platform");
  }

  /** A type of keyring; also what {@code ATMOS_KEYRING_TYPE} may hold. */
  public static Text keyringType() {
    List<String> words = new ArrayList<>();
    for (Keyring.Type type : Keyring.Type.values()) {
      words.add(type.word());
    }
    return new Text(
        "Which store is used, and no other: the operating system's keyring, files under a"
            + " password, files that only the user can read, the memory of the process, or none.",
        Role.PLAIN,
        words,
        null,
        null,
        null);
  }

  private static Shape provider() {
    Map<String, Fields> kinds = new LinkedHashMap<>();
    kinds.put(
        Kinds.IAM_IDENTITY_CENTER,
        provider(
            "AWS IAM Identity Center (AWS SSO).",
            Kinds.IAM_IDENTITY_CENTER,
            required(
                "start_url",
                endpoint(
                    "The address of the AWS access portal.",
                    HTTPS,
                    "an https:// URL",
                    "https://acme.awsapps.com/start")),
            required("region", region("The region of the IAM Identity Center instance.")),
            optional(
                "auto_provision_identities",
                flag("Makes an identity of every account and role at sign-in."),
                "false"),
            optional(
                "spec",
                fields(
                    "Settings of the provider.",
                    files(),
                    endpointUrl(),
                    optional("aws", resolver("Settings of AWS, in their former place."))))));
    kinds.put(
        Kinds.SAML,
        provider(
            "A SAML identity provider that AWS trusts.",
            Kinds.SAML,
            required(
                "url",
                endpoint(
                    "The address where the identity provider signs people in to AWS.",
                    HTTPS,
                    "an https:// URL",
                    "https://acme.okta.com/app/amazon_aws/abc/sso/saml")),
            required("region", region("The region of the STS that takes the assertion.")),
            optional(
                "driver",
                values(
                    "How the identity provider is talked to.",
                    "Browser",
                    "GoogleApps",
                    "Okta",
                    "ADFS")),
            optional(
                "provider_type",
                values(
                    "The former name of driver, which is used first.",
                    "Browser",
                    "GoogleApps",
                    "Okta",
                    "ADFS")),
            optional("username", text("Who signs in.")),
            optional("password", secret("The password of who signs in.")),
            optional("download_browser_driver", flag("Allows to download a browser."), "false"),
            optional("browser_type", text("Which browser is used.")),
            optional(
                "browser_executable_path",
                new Text(
                    "The program that is started as the browser.",
                    Role.COMMAND,
                    List.of(),
                    null,
                    null,
                    "/usr/bin/chromium")),
            optional("spec", fields("Settings of the provider.", files(), endpointUrl()))));
    kinds.put(
        Kinds.GITHUB_OIDC,
        provider(
            "The identity of a GitHub Actions job.",
            Kinds.GITHUB_OIDC,
            optional("region", region("Read for compatibility, and not used.")),
            optional(
                "spec",
                fields(
                    "Settings of the provider.",
                    optional(
                        "audience",
                        text("Whom the job's token is for."),
                        AuthReader.DEFAULT_AUDIENCE)))));
    kinds.put(Kinds.MOCK, provider("Nothing to sign in to, for tests.", Kinds.MOCK));
    kinds.put(Kinds.MOCK_AWS, provider("Nothing to sign in to, for tests.", Kinds.MOCK_AWS));
    return new Shape.Kinds(
        "Where somebody signs in.",
        Collections.unmodifiableMap(kinds),
        with(
            "A provider of a kind that a plugin supplies.",
            true,
            providerFields(kind("What is signed in to.", null))));
  }

  private static Fields provider(String description, String kind, Field... own) {
    return with(description, false, providerFields(kind("What is signed in to.", kind)), own);
  }

  private static List<Field> providerFields(Field kind) {
    return List.of(
        kind,
        optional(Keys.DEFAULT, flag("Shown, and of no other consequence."), "false"),
        optional("tags", tags("What the provider can be picked by.")),
        optional("session", session("How long a sign-in lasts.")),
        optional(
            "console",
            fields(
                "The web console of what is signed in to.",
                optional(
                    "session_duration",
                    duration("How long a session of the web console lasts.")))));
  }

  private static Shape identity() {
    Map<String, Fields> kinds = new LinkedHashMap<>();
    Field region = optional("region", region("The region that the identity works in."));
    kinds.put(
        Kinds.PERMISSION_SET,
        identity(
            "A permission set of IAM Identity Center, in one account.",
            Kinds.PERMISSION_SET,
            optional(
                Keys.VIA,
                via(
                    "Where it is signed in: a provider.",
                    A_PROVIDER,
                    "Refused: a permission set goes through a provider.")),
            required(
                "principal",
                fields(
                    "The permission set and its account.",
                    required("name", text("The permission set's name.", null, null, "ReadOnly")),
                    required("account", account()),
                    region)),
            optional(
                "credentials",
                fields(
                    "Settings in their former place.",
                    optional("aws", resolver("Settings of AWS, in their former place.")))),
            spec()));
    kinds.put(
        Kinds.ASSUME_ROLE,
        identity(
            "An IAM role that another identity, or a provider, may assume.",
            Kinds.ASSUME_ROLE,
            optional(Keys.VIA, via("Who assumes the role: a provider or an identity.")),
            required(
                "principal",
                fields(
                    "The role and its session.",
                    required(
                        "assume_role",
                        text(
                            "The ARN of the role.",
                            PARTITION + ACCOUNT + ":role/[0-9A-Za-z_+=,.@/-]{1,576}",
                            "the ARN of an IAM role",
                            "arn:aws:iam::123456789012:role/deploy")),
                    optional(
                        "session_name",
                        text("The name of the session, which AWS logs.", null, null, "deploy")),
                    optional(
                        "external_id",
                        text(
                            "The external id that the role's trust policy asks for.",
                            "[0-9A-Za-z_+=,.@:/-]{2,1224}",
                            "2 to 1224 letters, digits and characters of _+=,.@:/-",
                            "acme-1234")),
                    optional(
                        "source_identity",
                        text(
                            "Who is behind the session, which AWS logs and which can't be changed"
                                + " by further roles.",
                            WORD + "{2,64}",
                            "2 to 64 letters, digits and characters of _+=,.@-",
                            "jane.doe")),
                    optional(
                        "session_tags",
                        new Shape.Named(
                            "The session's tags, by key.",
                            new Text(
                                "The value of a tag.",
                                Role.PLAIN,
                                List.of(),
                                "[\\s\\S]{0,256}",
                                "a text of at most 256 characters",
                                "platform"))),
                    optional("duration", duration("How long the session lasts.")),
                    region)),
            spec()));
    kinds.put(
        Kinds.ASSUME_ROOT,
        identity(
            "The root user of a member account, for one task.",
            Kinds.ASSUME_ROOT,
            optional(
                Keys.VIA,
                via(
                    "Who may be the root user: an identity.",
                    "Refused: a root user goes through an identity.",
                    AN_IDENTITY)),
            required(
                "principal",
                fields(
                    "The account and the task.",
                    required("target_principal", accountId("The id of the member account.")),
                    required(
                        "task_policy_arn",
                        text(
                            "The ARN of the policy that says what may be done.",
                            "arn:aws:iam::aws:policy/root-task/[0-9A-Za-z]{1,128}",
                            "the ARN of a policy below arn:aws:iam::aws:policy/root-task/",
                            "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy")),
                    optional("duration", duration("How long the session lasts.")),
                    region)),
            spec()));
    kinds.put(
        Kinds.USER,
        identity(
            "An IAM user.",
            Kinds.USER,
            optional(
                Keys.CREDENTIALS,
                fields(
                    "What the user signs in with.",
                    optional(
                        Keys.ACCESS_KEY_ID,
                        text("The id of the access key.", null, null, "AKIAIOSFODNN7EXAMPLE")),
                    optional(Keys.SECRET_ACCESS_KEY, secret("The secret part of the access key.")),
                    optional(
                        Keys.MFA_ARN,
                        text(
                            "The MFA device whose code is asked for.",
                            PARTITION
                                + ACCOUNT
                                + ":(?:mfa|sms-mfa)/[0-9A-Za-z_+=,.@/-]{1,256}|[0-9A-Za-z]{9,256}",
                            "the ARN of an MFA device, or the serial number of a hardware device",
                            "arn:aws:iam::123456789012:mfa/jane")),
                    optional(
                        "mfa_command",
                        new Text(
                            "A command that prints a code of the MFA device.",
                            Role.COMMAND,
                            List.of(),
                            null,
                            null,
                            "ykman oath accounts code --single aws")),
                    optional("region", region("The region that the user works in."), "us-east-1"),
                    optional(
                        "webflow_enabled",
                        flag("Allows to sign in through the browser."),
                        "true"))),
            spec()));
    kinds.put(
        Kinds.AWS_AMBIENT,
        identity(
            "The AWS credentials that the environment offers.",
            Kinds.AWS_AMBIENT,
            optional("principal", fields("Where the identity works.", region))));
    kinds.put(
        Kinds.AMBIENT, identity("The credentials that the environment offers.", Kinds.AMBIENT));
    Field via = optional(Keys.VIA, via("Where it is signed in, for show."));
    kinds.put(Kinds.MOCK, identity("Fixed credentials, for tests.", Kinds.MOCK, via));
    kinds.put(Kinds.MOCK_AWS, identity("Fixed credentials, for tests.", Kinds.MOCK_AWS, via));
    return new Shape.Kinds(
        "Who somebody can be.",
        Collections.unmodifiableMap(kinds),
        with(
            "An identity of a kind that a plugin supplies.",
            true,
            identityFields(kind("Who it is.", null)),
            optional(Keys.VIA, via("What its credentials come from."))));
  }

  private static Fields identity(String description, String kind, Field... own) {
    return with(description, false, identityFields(kind("Who it is.", kind)), own);
  }

  private static List<Field> identityFields(Field kind) {
    return List.of(
        kind,
        optional(Keys.DEFAULT, flag("Meant where no identity is named."), "false"),
        optional("required", flag("Read for compatibility, and not used."), "false"),
        optional(Keys.ALIAS, text("Another name of the identity.", null, null, "prod")),
        optional(
            "provider",
            text("The provider that made the identity, for information.", null, null, "sso")),
        optional(
            "emulator", text("The emulator that the identity stands for.", null, null, "local")),
        optional(
            "env",
            new Shape.OneOf(
                "Variables for programs that are run with the identity.",
                List.of(
                    new Shape.Items(
                        "Variables, in order.",
                        fields(
                            "A variable.",
                            required("key", variable()),
                            optional("value", secret("The variable's value.")))),
                    new Shape.Named("Variables, by name.", secret("The variable's value."))))),
        optional("session", session("How long a session of the identity lasts.")),
        optional("tags", tags("What the identity can be picked by.")));
  }

  private static Shape integration() {
    Map<String, Fields> kinds = new LinkedHashMap<>();
    kinds.put(
        Kinds.EKS,
        integration(
            "An EKS cluster in the kubeconfig.",
            Kinds.EKS,
            required(
                "cluster",
                fields(
                    "The cluster.",
                    required(
                        "name",
                        text(
                            "The cluster's name.",
                            "[0-9A-Za-z][0-9A-Za-z._-]{0,99}",
                            "1 to 100 letters, digits, '-', '_' and '.', a letter or digit first",
                            "prod-eks")),
                    required("region", region("The cluster's region.")),
                    optional("alias", text("The name of the context.", null, null, "prod")),
                    optional(
                        "kubeconfig",
                        fields(
                            "The file that the cluster is written to.",
                            optional(
                                "path",
                                text(
                                    "The file, in place of the one that kubectl uses.",
                                    null,
                                    null,
                                    "~/.kube/prod")),
                            optional(
                                "mode",
                                text(
                                    "The permissions of a new file, in octal digits.",
                                    "0?[0-7][0145][0145]",
                                    "3 or 4 octal digits that let nobody but the owner write",
                                    "0600"),
                                "0600"),
                            optional(
                                "update",
                                values(
                                    "What becomes of entries that are there: fields are merged in,"
                                        + " they are replaced, or they are an error.",
                                    "merge",
                                    "replace",
                                    "error"),
                                "merge")))))));
    kinds.put(
        Kinds.ECR,
        integration(
            "A sign-in of docker to a private ECR registry.",
            Kinds.ECR,
            required(
                "registry",
                fields(
                    "The registry.",
                    required("account_id", accountId("The id of the account that has it.")),
                    required("region", region("The registry's region."))))));
    kinds.put(
        Kinds.ECR_PUBLIC,
        integration(
            "A sign-in of docker to the public ECR registry.",
            Kinds.ECR_PUBLIC,
            optional(
                "registry",
                fields(
                    "The registry.",
                    optional(
                        "region",
                        values(
                            "The region that signs docker in.",
                            AuthReader.ECR_PUBLIC_REGION,
                            "us-west-2"),
                        AuthReader.ECR_PUBLIC_REGION)))));
    return new Shape.Kinds(
        "What is set up with an identity.",
        Collections.unmodifiableMap(kinds),
        with(
            "An integration of a kind that a plugin supplies.",
            true,
            List.of(kind("What is set up.", null)),
            optional(Keys.VIA, via("Whose credentials it is set up with."))));
  }

  private static Fields integration(String description, String kind, Field... spec) {
    List<Field> settings = new ArrayList<>();
    settings.add(optional("auto_provision", flag("Sets it up at each sign-in."), "true"));
    settings.addAll(List.of(spec));
    boolean needed = settings.stream().anyMatch(Field::required);
    return with(
        description,
        false,
        List.of(kind("What is set up.", kind)),
        integrationVia(),
        new Field(
            "spec", new Fields("Settings of the integration.", settings, false), needed, null));
  }

  private static Field integrationVia() {
    return required(
        Keys.VIA, via("Whose credentials it is set up with: an identity's, or a provider's."));
  }

  private static Field kind(String description, @Nullable String kind) {
    return required(
        Keys.KIND,
        kind == null ? text(description, null, null, Kinds.USER) : values(description, kind));
  }

  private static Fields via(String description) {
    return via(description, A_PROVIDER, AN_IDENTITY);
  }

  /** Both are fields of every kind, so that the wrong one is refused with a reason. */
  private static Fields via(String description, String provider, String identity) {
    return fields(
        description,
        optional("provider", text(provider, null, null, "sso")),
        optional("identity", text(identity, null, null, "base")));
  }

  private static Shape account() {
    return new Shape.OneOf(
        "The account: its name or its id, or a mapping of both.",
        List.of(
            text("The account's name, or its id.", null, null, "dev"),
            fields(
                "The account, by id, name or both.",
                optional("id", accountId("The account's id.")),
                optional("name", text("The account's name.", null, null, "dev")))));
  }

  private static Text accountId(String description) {
    return text(description, ACCOUNT, "an AWS account id of 12 digits", "123456789012");
  }

  private static Text variable() {
    return text(
        "The variable's name.", "[^=\\s]+", "the name of an environment variable", "AWS_PAGER");
  }

  private static Fields session(String description) {
    return fields(description, optional("duration", duration(description)));
  }

  private static Text duration(String description) {
    return text(description, DurationText.PATTERN, DurationText.FORMAT, "8h");
  }

  private static Text region(String description) {
    return text(description, REGION, "an AWS region", "us-east-2");
  }

  private static Shape tags(String description) {
    return new Shape.Items(description, text("A tag.", null, null, "prod"));
  }

  private static Field files() {
    return optional(
        "files",
        fields(
            "Where credential files are written.",
            optional(
                "base_path",
                text("The directory for credential files.", null, null, "~/.aws/atmos"))));
  }

  private static Field spec() {
    return optional("spec", fields("Settings of the identity.", endpointUrl()));
  }

  private static Field endpointUrl() {
    return optional("endpoint_url", endpointShape());
  }

  private static Fields resolver(String description) {
    return fields(
        description,
        optional(
            "resolver",
            fields("Settings of AWS, in their former place.", optional("url", endpointShape()))));
  }

  private static Text endpointShape() {
    return endpoint(
        "The address that is asked in place of AWS.",
        HTTPS_OR_LOOPBACK,
        "an https:// URL, or an http:// URL of this machine",
        "http://localhost:4566");
  }

  private static Text endpoint(String description, String pattern, String format, String example) {
    return new Text(description, Role.ENDPOINT, List.of(), pattern, format, example);
  }

  private static Text secret(String description) {
    return new Text(description, Role.SECRET, List.of(), null, null, null);
  }

  private static Text text(String description) {
    return text(description, null, null, null);
  }

  private static Text text(
      String description,
      @Nullable String pattern,
      @Nullable String format,
      @Nullable String example) {
    return new Text(description, Role.PLAIN, List.of(), pattern, format, example);
  }

  private static Text values(String description, String... values) {
    return new Text(description, Role.PLAIN, List.of(values), null, null, null);
  }

  private static Shape.Flag flag(String description) {
    return new Shape.Flag(description);
  }

  private static Fields fields(String description, Field... fields) {
    return new Fields(description, List.of(fields), false);
  }

  private static Fields with(String description, boolean open, List<Field> common, Field... own) {
    List<Field> fields = new ArrayList<>(List.of(common.get(0)));
    fields.addAll(List.of(own));
    fields.addAll(common.subList(1, common.size()));
    return new Fields(description, fields, open);
  }

  private static Field required(String name, Shape shape) {
    return new Field(name, shape, true, null);
  }

  private static Field optional(String name, Shape shape) {
    return new Field(name, shape, false, null);
  }

  private static Field optional(String name, Shape shape, String defaultValue) {
    return new Field(name, shape, false, defaultValue);
  }
}
