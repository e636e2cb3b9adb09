package dev.atmos.distribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Layouts of {@code ~/.aws}, with what each means. In the texts, {@code <ann>} stands for the lines
 * of Ann's key, {@code <role X>} for the ARN of a role, {@code <url>} for the stand-in's address
 * and {@code <home>} for the home directory.
 */
// Each layout is a few lines; as text blocks, they would take three times the room.
@SuppressWarnings("StringConcatToTextBlock")
final class ProfileLayouts {
  static final String ANN = "111111111111 user/ann";
  static final String BOB = "222222222222 user/bob";
  static final String DEPLOY = "333333333333 assumed-role/Deploy";
  static final String AUDIT = "444444444444 assumed-role/Audit";
  static final String REFUSED = "refused";

  /** What a version of the AWS CLI has to know for a layout. */
  enum Needs {
    NOTHING,
    /** Since 2.13: endpoints of profiles, and roles by every source. */
    SINCE_2_13,
    /** Since 2.32; version 1 has it with awscrt. */
    LOGIN
  }

  /**
   * A layout.
   *
   * @param files by their paths below the home directory
   * @param means the account and principal, and the region
   */
  record Layout(
      String name,
      Map<String, String> files,
      Map<String, String> variables,
      String means,
      Needs needs) {

    Layout with(String variable, String value) {
      Map<String, String> more = new TreeMap<>(variables);
      more.put(variable, value);
      return new Layout(name, files, more, means, needs);
    }

    Layout file(String path, String text) {
      Map<String, String> more = new LinkedHashMap<>(files);
      more.put(path, text);
      return new Layout(name, more, variables, means, needs);
    }

    Layout needing(Needs what) {
      return new Layout(name, files, variables, means, what);
    }
  }

  private final List<Layout> layouts = new ArrayList<>();

  private ProfileLayouts() {}

  static List<Layout> all() {
    ProfileLayouts all = new ProfileLayouts();
    all.keys();
    all.names();
    all.roles();
    all.refusedRoles();
    all.webIdentities();
    all.processes();
    all.portals();
    all.others();
    return all.layouts;
  }

  private static Layout layout(String name, String means, String credentials, String config) {
    Layout layout =
        new Layout(
            name,
            Map.of(),
            Map.of(),
            means + (means.equals(REFUSED) ? "" : " us-east-1"),
            Needs.NOTHING);
    layout = credentials.isEmpty() ? layout : layout.file(".aws/credentials", credentials);
    return config.isEmpty() ? layout : layout.file(".aws/config", config);
  }

  private void add(Layout layout) {
    layouts.add(layout);
  }

  private void add(String name, String means, String credentials, String config) {
    add(layout(name, means, credentials, config));
  }

  /** With AWS_PROFILE=dev. */
  private void dev(String name, String means, String credentials, String config) {
    add(layout(name, means, credentials, config).with("AWS_PROFILE", "dev"));
  }

  private void inRegion(Layout layout, String region) {
    String means = layout.means().replace("us-east-1", region);
    add(new Layout(layout.name(), layout.files(), layout.variables(), means, layout.needs()));
  }

  private void keys() {
    add("keys in credentials", ANN, "[default]\n<ann>", "");
    add("keys in config", ANN, "", "[default]\n<ann>");
    dev("keys in a profile of config", ANN, "", "[profile dev]\n<ann>");
    dev("keys in both files", ANN, "[dev]\n<ann>", "[profile dev]\n<bob>");
    dev("no such profile", REFUSED, "[default]\n<ann>", "");
    add("no keys anywhere", REFUSED, "", "[default]\nregion = eu-west-1\n");
    dev("half a key", REFUSED, "[dev]\naws_access_key_id = AKIAANNANNANNANNANN0\n", "");
    dev("keys after comments", ANN, "# mine\n[dev]\n; of 2024\n<ann>", "");
    dev(
        "properties in capitals",
        ANN,
        "[dev]\nAWS_ACCESS_KEY_ID = <ann id>\nAWS_SECRET_ACCESS_KEY = <secret>\n",
        "");
    add(
        layout("AWS_DEFAULT_PROFILE", ANN, "[dev]\n<ann>[default]\n<bob>", "")
            .with("AWS_DEFAULT_PROFILE", "dev"));
    add(
        layout(
                "keys of the variables before a role",
                BOB,
                "[default]\n<ann>",
                "[profile dev]\n<deploy>source_profile = default\n")
            .with("AWS_PROFILE", "dev")
            .with("AWS_ACCESS_KEY_ID", "<bob id>")
            .with("AWS_SECRET_ACCESS_KEY", "<secret>"));
    inRegion(
        layout(
                "the region of a profile",
                ANN,
                "[dev]\n<ann>",
                "[default]\nregion = eu-west-1\n[profile dev]\nregion = eu-central-1\n")
            .with("AWS_PROFILE", "dev"),
        "eu-central-1");
    add(
        layout("files elsewhere", ANN, "[default]\n<bob>", "")
            .file("x/keys", "[dev]\n<ann>")
            .file("x/conf", "[profile dev]\nregion = us-east-1\n")
            .with("AWS_SHARED_CREDENTIALS_FILE", "~/x/keys")
            .with("AWS_CONFIG_FILE", "$HOME/x/conf")
            .with("AWS_PROFILE", "dev"));
  }

  private void names() {
    for (String[] name :
        new String[][] {
          {"double quotes", "[profile \"my dev\"]"},
          {"single quotes", "[profile 'my dev']"},
          {"a backslash", "[profile my\\ dev]"}
        }) {
      add(
          layout("a name in " + name[0], ANN, "", name[1] + "\n<ann>")
              .with("AWS_PROFILE", "my dev"));
    }
    add(
        layout("a name with a blank in credentials", ANN, "[my dev]\n<ann>", "")
            .with("AWS_PROFILE", "my dev"));
    add(
        layout("a name with an umlaut", ANN, "", "[profile prüf]\n<ann>")
            .with("AWS_PROFILE", "prüf"));
    add(
        layout(
                "a role of a quoted source",
                DEPLOY,
                "[my keys]\n<ann>",
                "[profile \"my dev\"]\n<deploy>source_profile = my keys\n")
            .with("AWS_PROFILE", "my dev"));
    dev("[profile default] beside [default]", ANN, "[dev]\n<ann>", "[profile default]\n<bob>");
  }

  private void roles() {
    String role = "[profile dev]\n<deploy>source_profile = keys\n";
    dev("a role by source_profile", DEPLOY, "[keys]\n<ann>", role);
    dev("a role in credentials", DEPLOY, "[keys]\n<ann>[dev]\n<deploy>source_profile = keys\n", "");
    inRegion(
        layout("a role in a region", DEPLOY, "[keys]\n<ann>", role + "region = eu-west-1\n")
            .with("AWS_PROFILE", "dev"),
        "eu-west-1");
    dev(
        "a role of a role",
        AUDIT,
        "[keys]\n<ann>",
        "[profile dev]\n"
            + "<audit>source_profile = mid\n"
            + "[profile mid]\n"
            + "<deploy>source_profile = keys\n");
    dev(
        "a role beside its own keys",
        DEPLOY,
        "[dev]\n<ann>",
        "[profile dev]\n<deploy>source_profile = dev\n");
    dev(
        "a source with keys and a role",
        DEPLOY,
        "[keys]\n<ann>",
        role + "[profile keys]\n<audit>source_profile = dev\n");
    dev(
        "a role with an external id",
        "333333333333 assumed-role/External",
        "[keys]\n<ann>",
        "[profile dev]\nrole_arn = <role External>\nexternal_id = x-1\nsource_profile = keys\n");
    dev(
        "a role for two hours",
        "333333333333 assumed-role/Long",
        "[keys]\n<ann>",
        "[profile dev]\nrole_arn = <role Long>\nduration_seconds = 7200\nsource_profile = keys\n");
    dev("a duration that is no number", DEPLOY, "[keys]\n<ann>", role + "duration_seconds = 1h\n");
    dev("a role with a session name", DEPLOY, "[keys]\n<ann>", role + "role_session_name = me\n");
    dev(
        "a role of a process",
        DEPLOY,
        "",
        role + "[profile keys]\ncredential_process = <home>/helper\n");
    add(
        layout(
                "a role of the portal",
                "444444444444 assumed-role/OfPortal",
                "",
                "[profile dev]\n"
                    + "role_arn = <role OfPortal>\n"
                    + "source_profile = keys\n"
                    + "[profile keys]\n"
                    + "<portal>")
            .with("AWS_PROFILE", "dev")
            .needing(Needs.SINCE_2_13));
    add(
        layout(
                "a role of the container",
                AUDIT,
                "",
                "[profile dev]\n<audit>credential_source = EcsContainer\n")
            .with("AWS_PROFILE", "dev")
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "<container>"));
    add(
        layout(
                "a role of the instance",
                AUDIT,
                "",
                "[profile dev]\n<audit>credential_source = Ec2InstanceMetadata\n")
            .with("AWS_PROFILE", "dev")
            .with("AWS_EC2_METADATA_DISABLED", "false")
            .needing(Needs.SINCE_2_13));
  }

  private void refusedRoles() {
    String keys = "[keys]\n<ann>";
    dev(
        "a role of itself without keys",
        REFUSED,
        "",
        "[profile dev]\n<deploy>source_profile = dev\n");
    dev(
        "roles that lead back",
        REFUSED,
        keys,
        "[profile dev]\n"
            + "<deploy>source_profile = mid\n"
            + "[profile mid]\n"
            + "<audit>source_profile = dev\n");
    dev(
        "a role with two sources",
        REFUSED,
        keys,
        "[profile dev]\n<deploy>source_profile = keys\ncredential_source = Environment\n");
    dev("a role without a source", REFUSED, keys, "[profile dev]\n<deploy>");
    dev(
        "a source that doesn't exist",
        REFUSED,
        keys,
        "[profile dev]\n<deploy>source_profile = kees\n");
    dev(
        "a source without credentials",
        REFUSED,
        "",
        "[profile dev]\n<deploy>source_profile = keys\n[profile keys]\nregion = us-east-1\n");
    dev(
        "a wrong external id",
        REFUSED,
        keys,
        "[profile dev]\nrole_arn = <role External>\nexternal_id = x-2\nsource_profile = keys\n");
    dev(
        "a role that needs a code",
        REFUSED,
        keys,
        "[profile dev]\n"
            + "<deploy>source_profile = keys\n"
            + "mfa_serial = arn:aws:iam::111111111111:mfa/ann\n");
    dev(
        "a source of the variables without any",
        REFUSED,
        "",
        "[profile dev]\n<deploy>credential_source = Environment\n");
    dev(
        "an unknown credential_source",
        REFUSED,
        "",
        "[profile dev]\n<deploy>credential_source = Cloud\n");
  }

  private void webIdentities() {
    String pod = "333333333333 assumed-role/Pod";
    dev(
        "a web identity",
        pod,
        "",
        "[profile dev]\nrole_arn = <role Pod>\nweb_identity_token_file = <home>/token\n");
    dev(
        "a web identity before keys",
        pod,
        "[dev]\n<ann>",
        "[profile dev]\nrole_arn = <role Pod>\nweb_identity_token_file = <home>/token\n");
    dev(
        "a web identity without a role",
        REFUSED,
        "",
        "[profile dev]\nweb_identity_token_file = <home>/token\n");
    dev(
        "a role of a web identity",
        AUDIT,
        "",
        "[profile dev]\n"
            + "<audit>source_profile = pod\n"
            + "[profile pod]\n"
            + "role_arn = <role Pod>\n"
            + "web_identity_token_file = <home>/token\n");
    add(
        layout("a web identity of the variables", pod, "[default]\n<ann>", "")
            .with("AWS_ROLE_ARN", "<role Pod>")
            .with("AWS_WEB_IDENTITY_TOKEN_FILE", "<home>/token"));
  }

  private void processes() {
    String process = "[profile dev]\ncredential_process = <home>/";
    dev("a process", ANN, "", process + "helper\n");
    dev("a process with an Expiration", ANN, "", process + "helper expiring\n");
    dev("a process with quoted words", BOB, "", process + "helper bob \"a # b\" 'c d'\n");
    dev("a process that fails", REFUSED, "", process + "helper failing\n");
    dev("a process that prints another version", REFUSED, "", process + "helper versioned\n");
    dev("a process that isn't there", REFUSED, "", process + "nothing\n");
    dev("a process before keys in config", ANN, "", process + "helper\n<bob>");
    dev("keys in credentials before a process", BOB, "[dev]\n<bob>", process + "helper\n");
    dev(
        "a process that leads back",
        REFUSED,
        "",
        "[profile dev]\ncredential_process = <atmos> auth credential-process\n");
  }

  private void portals() {
    String admin = "555555555555 assumed-role/AWSReservedSSO_Admin";
    dev("a session of the portal", admin, "", "[profile dev]\n<portal>");
    dev(
        "a portal without a session",
        admin,
        "",
        "[profile dev]\n"
            + "sso_start_url = <start>\n"
            + "sso_region = us-east-1\n"
            + "sso_account_id = 555555555555\n"
            + "sso_role_name = Admin\n");
    dev("a portal before keys", admin, "[dev]\n<ann>", "[profile dev]\n<portal>");
    dev(
        "a role that isn't assigned",
        REFUSED,
        "",
        "[profile dev]\n<portal>".replace("<portal>", "<portal of Other>"));
    dev(
        "a session that has expired",
        REFUSED,
        "",
        "[profile dev]\n"
            + "sso_session = old\n"
            + "sso_account_id = 555555555555\n"
            + "sso_role_name = Admin\n"
            + "[sso-session old]\n"
            + "sso_start_url = <start>\n"
            + "sso_region = us-east-1\n");
    dev(
        "a session that nobody has begun",
        REFUSED,
        "",
        "[profile dev]\n"
            + "sso_session = new\n"
            + "sso_account_id = 555555555555\n"
            + "sso_role_name = Admin\n"
            + "[sso-session new]\n"
            + "sso_start_url = <start>\n"
            + "sso_region = us-east-1\n");
    dev(
        "a session that doesn't exist",
        REFUSED,
        "",
        "[profile dev]\n"
            + "sso_session = none\n"
            + "sso_account_id = 555555555555\n"
            + "sso_role_name = Admin\n");
    dev(
        "a session of another region",
        REFUSED,
        "",
        "[profile dev]\n<portal>sso_region = eu-west-1\n"
            .replace("<portal>sso", "sso_region = eu-west-1\n<portal>#"));
    dev(
        "a session without an account",
        REFUSED,
        "",
        "[profile dev]\n"
            + "sso_session = acme\n"
            + "sso_role_name = Admin\n"
            + "[sso-session acme]\n"
            + "sso_start_url = <start>\n"
            + "sso_region = us-east-1\n");
  }

  private void others() {
    add(
        layout(
                "a login session",
                ANN,
                "",
                "[profile dev]\n"
                    + "login_session = arn:aws:iam::111111111111:user/ann\n"
                    + "region = us-east-1\n")
            .with("AWS_PROFILE", "dev")
            .needing(Needs.LOGIN));
    add(
        layout(
                "a login session elsewhere",
                ANN,
                "",
                "[profile dev]\nlogin_session = arn:aws:iam::111111111111:user/ann\n")
            .with("AWS_PROFILE", "dev")
            .with("AWS_LOGIN_CACHE_DIRECTORY", "<home>/.aws/login/cache")
            .needing(Needs.LOGIN));
    add(
        layout(
                "a login session that nobody has begun",
                REFUSED,
                "",
                "[profile dev]\n"
                    + "login_session = arn:aws:iam::111111111111:user/new\n"
                    + "region = us-east-1\n")
            .with("AWS_PROFILE", "dev")
            .needing(Needs.LOGIN));
    dev(
        "keys in credentials before a login session",
        BOB,
        "[dev]\n<bob>",
        "[profile dev]\nlogin_session = arn:aws:iam::111111111111:user/ann\n");
    add(
        layout(
                "a role at an endpoint of its own",
                DEPLOY,
                "[keys]\n<ann>",
                "[profile dev]\n"
                    + "<deploy>source_profile = keys\n"
                    + "region = us-east-1\n"
                    + "endpoint_url = <url>\n")
            .with("AWS_PROFILE", "dev")
            .needing(Needs.SINCE_2_13));
    add(
        layout(
                "a role at an endpoint of its services",
                DEPLOY,
                "[keys]\n<ann>",
                "[profile dev]\n"
                    + "<deploy>source_profile = keys\n"
                    + "services = here\n"
                    + "[services here]\n"
                    + "sts =\n"
                    + "  endpoint_url = <url>\n")
            .with("AWS_PROFILE", "dev")
            .needing(Needs.SINCE_2_13));
    add(
        layout("a container", AUDIT.replace("Audit", "Task"), "", "")
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "<container>"));
    add(
        layout("keys before a container", ANN, "[default]\n<ann>", "")
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "<container>"));
  }
}
