package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.testing.BuiltInPluginContract;
import dev.atmos.services.testing.FakeServices;
import org.junit.jupiter.api.Test;

class AuthPluginTest extends BuiltInPluginContract {

  @Override
  protected Plugin plugin() {
    return new AuthPlugin();
  }

  @Test
  void identitiesService_madeByItsFactory_answersFromTheGivenContext() {
    FakeServices context = new FakeServices();
    context.environment().set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    context.environment().set("AWS_SECRET_ACCESS_KEY", "secret");
    Object service = plugin().services().getFirst().factory().apply(context);
    AwsCredentials credentials = ((Identities) service).credentials(null);
    assertThat(credentials.accessKeyId()).isEqualTo("AKIDEXAMPLE");
  }
}
