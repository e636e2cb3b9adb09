package sample;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.integration.IntegrationVariable;
import java.util.List;

/** {@code sample/note}: says that it would take a note. */
final class NoteType implements IntegrationType {
  private static final String TEXT = "spec.text";

  @Override
  public String kind() {
    return "sample/note";
  }

  @Override
  public Schema schema() {
    return Schema.object("A note.").required(TEXT, Schema.text("What it says."));
  }

  @Override
  public Integration create(Definition definition, PluginContext context) {
    String text = definition.requiredText(TEXT);
    return new Integration() {
      @Override
      public IntegrationPlan setUp(IntegrationIdentity identity) {
        return plan(text + " by " + identity.credentials().accessKeyId());
      }

      @Override
      public IntegrationPlan undo(String identity) {
        return plan(text + " gone");
      }

      @Override
      public List<IntegrationVariable> variables(String identity) {
        return List.of(
            IntegrationVariable.of(
                "SAMPLE_NOTE", Secret.of(text), IntegrationVariable.Use.REPLACE));
      }

      @Override
      public String command() {
        return "atmos sample greet";
      }
    };
  }

  private static IntegrationPlan plan(String change) {
    return new IntegrationPlan() {
      @Override
      public List<String> changes() {
        return List.of(change);
      }

      @Override
      public IntegrationResult apply() {
        return IntegrationResult.of(List.of(change), List.of());
      }
    };
  }
}
