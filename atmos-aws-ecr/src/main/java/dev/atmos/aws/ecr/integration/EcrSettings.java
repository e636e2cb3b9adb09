package dev.atmos.aws.ecr.integration;

import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.Region;

/** The settings of the integrations of kind {@code aws/ecr} and {@code aws/ecr-public}. */
public final class EcrSettings {
  static final String ACCOUNT = "spec.registry.account_id";
  static final String REGION = "spec.registry.region";

  private EcrSettings() {}

  static Schema schema() {
    return described(
        Schema.object("A private registry of Amazon ECR for docker.")
            .required(
                ACCOUNT,
                Schema.text("The account that has the registry.")
                    .withPattern("[0-9]{12}", "the 12 digits of an AWS account")
                    .withExample("111122223333")
                    .withLabel("account"))
            .required(
                REGION,
                Schema.text("The registry's region.")
                    .withPattern("(?=.{1,63}$)[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}", "an AWS region")
                    .withExample("us-east-2")
                    .withLabel("region")));
  }

  static Schema publicSchema() {
    return described(
        Schema.object("The public registry of Amazon ECR for docker.")
            .optional(
                REGION,
                Schema.choice(
                    "A region of the registry. Passwords come from us-east-1 in any case.",
                    "us-east-1",
                    "us-west-2")));
  }

  private static Schema described(Schema schema) {
    return schema
        .withDescription("spec", "Settings of the integration.")
        .withDescription("spec.registry", "The registry.");
  }

  /** Whether an integration is one of these kinds. */
  public static boolean isOne(Definition definition) {
    return definition.kind().equals(EcrIntegrationType.PRIVATE)
        || definition.kind().equals(EcrIntegrationType.PUBLIC);
  }

  /**
   * The registry of an integration.
   *
   * @throws AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE} if a field is missing
   *     or wrong
   */
  public static Registry registry(Definition definition) {
    return definition.kind().equals(EcrIntegrationType.PUBLIC)
        ? Registry.PUBLIC
        : Registry.of(
            definition.requiredText(ACCOUNT),
            Region.of("'region'", definition.requiredText(REGION)));
  }
}
