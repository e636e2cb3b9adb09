package dev.atmos.aws.identity;

import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.KindType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition of each kind, with all of its fields. */
final class KindExamples {
  private KindExamples() {}

  /**
   * A definition.
   *
   * @param isProvider whether it stands below {@code auth.providers}
   */
  record Example(boolean isProvider, String kind, String yaml) {
    @Override
    public String toString() {
      return (isProvider ? "provider " : "identity ") + kind;
    }
  }

  static List<Example> all() {
    return List.of(
        new Example(
            true,
            "aws/iam-identity-center",
            """
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start/#/
            region: us-east-1
            flow: auto
            browser: firefox -P work %s
            auto_provision_identities: "true"
            session: {name: admin, duration: 8h}
            spec:
              files: {base_path: ~/.aws/atmos}
              endpoint_url: https://sso.example.com
              aws: {resolver: {url: "http://localhost:4566"}}
            """),
        new Example(
            true,
            "github/oidc",
            "{kind: github/oidc, region: us-east-1, spec: {audience: sts.amazonaws.com}}"),
        new Example(true, "mock", "{kind: mock}"),
        new Example(true, "mock/aws", "{kind: mock/aws}"),
        new Example(
            false,
            "aws/permission-set",
            """
            kind: aws/permission-set
            via: {provider: corp}
            principal:
              name: ReadOnly
              account: {name: dev, id: "123456789012"}
              region: eu-west-1
            credentials: {aws: {resolver: {url: "http://localhost:4566"}}}
            spec: {endpoint_url: https://sso.example.com}
            """),
        new Example(
            false,
            "aws/assume-role",
            """
            kind: aws/assume-role
            via: {identity: base}
            principal:
              assume_role: arn:aws:iam::123456789012:role/team/deploy
              session_name: deploy
              external_id: acme-1234
              source_identity: jane.doe
              session_tags: {team: platform, stage: prod}
              duration: 1h
              region: eu-west-1
            spec: {endpoint_url: https://sts.example.com}
            """),
        new Example(
            false,
            "aws/assume-root",
            """
            kind: aws/assume-root
            via: {identity: base}
            principal:
              target_principal: "123456789012"
              task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
              duration: 15m
              region: us-east-1
            spec: {endpoint_url: https://sts.example.com}
            """),
        new Example(
            false,
            "aws/user",
            """
            kind: aws/user
            credentials:
              access_key_id: AKIAIOSFODNN7EXAMPLE
              secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
              mfa_arn: arn:aws:iam::123456789012:mfa/jane
              mfa_command: my-code --now
              region: us-east-2
              webflow_enabled: "false"
            session: {duration: 12h, raw: "false"}
            spec: {endpoint_url: https://sts.example.com}
            """),
        new Example(
            false,
            "aws/login",
            """
            kind: aws/login
            principal: {account: {id: "123456789012"}, region: eu-west-1}
            sign_in_region: us-east-1
            browser: firefox -P work %s
            spec: {endpoint_url: https://signin.example.com}
            """),
        new Example(false, "aws/ambient", "{kind: aws/ambient, principal: {region: eu-west-3}}"),
        new Example(false, "ambient", "{kind: ambient}"),
        new Example(false, "mock", "{kind: mock}"),
        new Example(false, "mock/aws", "{kind: mock/aws}"));
  }

  static Example of(boolean isProvider, String kind) {
    for (Example example : all()) {
      if (example.isProvider() == isProvider && example.kind().equals(kind)) {
        return example;
      }
    }
    throw new AssertionError("no example of " + kind);
  }

  /** The type of an example's kind. */
  static KindType type(Example example) {
    return example.isProvider()
        ? KindScenario.providerType(example.kind())
        : KindScenario.identityType(example.kind());
  }

  /** The leaves of a schema by their paths. */
  static Map<String, Schema> leaves(Schema schema) {
    Map<String, Schema> leaves = new LinkedHashMap<>();
    add(leaves, schema, "");
    return leaves;
  }

  private static void add(Map<String, Schema> leaves, Schema schema, String path) {
    switch (schema.type()) {
      case OBJECT -> {
        for (Schema.Field field : schema.fields()) {
          add(leaves, field.schema(), path.isEmpty() ? field.name() : path + "." + field.name());
        }
      }
      case ONE_OF -> {
        leaves.put(path, schema);
        schema
            .alternatives()
            .forEach(each -> {
              if (each.type() == Schema.Type.OBJECT) {
                add(leaves, each, path);
              }
            });
      }
      default -> leaves.put(path, schema);
    }
  }
}
