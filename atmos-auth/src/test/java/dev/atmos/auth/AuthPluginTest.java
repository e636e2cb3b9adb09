package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.Service;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.testing.BuiltInPluginContract;
import dev.atmos.services.testing.PackageCycles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AuthPluginTest extends BuiltInPluginContract {

  @Override
  protected Plugin plugin() {
    return new AuthPlugin();
  }

  @Test
  void services_madeByTheirFactories_answerFromTheGivenServices() {
    AuthTestContext context =
        new AuthTestContext()
            .keys("AKIDEXAMPLE")
            .config("auth: {providers: {corp: {kind: mock}}, integrations: {}}");

    assertThat(service(Identities.class, context).credentials(null).accessKeyId())
        .isEqualTo("AKIDEXAMPLE");
    assertThat(service(ConfiguredNames.class, context).providers()).containsExactly("corp");
    assertThat(service(Integrations.class, context).of("corp")).isEmpty();
  }

  @Test
  void packages_haveNoCycles() throws IOException {
    assertThat(PackageCycles.of(AuthPlugin.class)).isEmpty();
  }

  private static <T> T service(Class<T> type, AuthTestContext context) {
    for (Service<?> service : new AuthPlugin().services()) {
      if (service.type() == type) {
        return type.cast(service.factory().apply(context.services()));
      }
    }
    throw new AssertionError("no service " + type);
  }
}
