package dev.atmos.aws.identity.support;

import dev.atmos.plugin.config.Schema;

/** Schemas of fields that several kinds have. Never loaded where a token is printed. */
public final class KindFields {
  /**
   * A character of a role's, permission set's or session's name.
   *
   * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
   *     AssumeRole</a>
   */
  public static final String NAME_CHARACTER = "[0-9A-Za-z_+=,.@-]";

  /** The beginning of an ARN of IAM, up to the account. */
  public static final String IAM_ARN = "arn:aws[a-z-]{0,20}:iam::";

  /** The id of an account. */
  public static final String ACCOUNT_ID = "[0-9]{12}";

  /** The shape of every region, and a label of a host name (RFC 1035, 2.3.4). */
  private static final String REGION = "(?=.{1,63}$)[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}";

  private static final String URL_REST = "(?::[0-9]{1,5})?(?:[/?#][!-~]*)?";

  /** An address with TLS. */
  public static final String HTTPS = "https://[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?" + URL_REST;

  /** Without TLS only on this machine. */
  static final String HTTPS_OR_LOOPBACK =
      HTTPS + "|http://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])" + URL_REST;

  private KindFields() {}

  /** A region. */
  public static Schema region(String description) {
    return Schema.text(description)
        .withPattern(REGION, "an AWS region")
        .withExample("us-east-2")
        .withLabel("region");
  }

  /** The region of an identity. */
  public static Schema region() {
    return region("The region that the identity works in.");
  }

  /** The id of an account. */
  public static Schema accountId(String description) {
    return Schema.text(description)
        .withPattern(ACCOUNT_ID, "an AWS account id of 12 digits")
        .withExample("123456789012");
  }

  /** How long a session lasts. */
  public static Schema duration(String description) {
    return Schema.duration(description).withExample("8h").withLabel("duration");
  }
}
