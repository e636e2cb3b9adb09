package dev.atmos.auth;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.kind.Description;

/** A stand-in for {@code aws/eks}, whose module these tests don't see. It sets nothing up. */
public final class FakeEksType implements IntegrationType {
  private static final String NAME = "spec.cluster.name";
  private static final String REGION = "spec.cluster.region";

  @Override
  public String kind() {
    return "aws/eks";
  }

  @Override
  public Schema schema() {
    return Schema.object("A cluster of Amazon EKS in a kubeconfig.")
        .withDescription("spec.cluster", "The cluster.")
        .required(
            NAME,
            Schema.text("The cluster's name.")
                .withPattern(
                    "[0-9A-Za-z][0-9A-Za-z._-]{0,99}",
                    "1 to 100 letters, digits, '-', '_' and '.', a letter or digit first")
                .withExample("prod-eks")
                .withLabel("cluster"))
        .required(
            REGION,
            Schema.text("The cluster's region.")
                .withPattern("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}", "an AWS region")
                .withExample("us-east-2"))
        .optional(
            "spec.cluster.alias",
            Schema.text("The name of the context.").withExample("prod").withLabel("context"))
        .withDescription("spec.cluster.kubeconfig", "The file that the cluster is written to.")
        .optional(
            "spec.cluster.kubeconfig.path",
            Schema.writablePath("The file, in place of the one that kubectl uses.")
                .withExample("~/.kube/prod")
                .withLabel("kubeconfig"))
        .optional(
            "spec.cluster.kubeconfig.mode",
            Schema.text("The permissions of a new file, in octal digits.")
                .withPattern(
                    "0?[0-7][0145][0145]", "3 or 4 octal digits that let only the owner write")
                .withExample("0600")
                .withEffect(Effect.PROTECTION)
                .withDefault("0600"))
        .optional(
            "spec.cluster.kubeconfig.update",
            Schema.choice("What becomes of entries that exist.", "merge", "replace", "error")
                .withDefault("merge"));
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE
        .withSubject(definition.text(NAME).orElse(null))
        .withRegion(definition.text(REGION).orElse(null))
        .withAlias(definition.text("spec.cluster.alias").orElse(null));
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    throw new AssertionError("created " + definition.name());
  }
}
