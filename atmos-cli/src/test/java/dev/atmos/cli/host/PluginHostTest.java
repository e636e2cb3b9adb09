package dev.atmos.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.testing.FakeServices;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class PluginHostTest {
  private int looks;

  private static PluginIndex builtIn(String key, String value) {
    Properties metadata = new Properties();
    metadata.setProperty("id", "own");
    metadata.setProperty("version", "1.0");
    metadata.setProperty("api", "0.2");
    metadata.setProperty("class", "dev.atmos.cli.HostPlugin");
    metadata.setProperty(key, value);
    Properties index = new Properties();
    PluginIndex.add(index, metadata);
    return PluginIndex.builtIn(index);
  }

  private PluginHost host(PluginIndex index) {
    return new PluginHost(
        index,
        () -> {
          looks++;
          return PluginIndex.EMPTY;
        });
  }

  @Test
  void installedPlugins_asLongAsTheBuiltInOnesDo_areNotLookedFor() {
    PluginHost host = host(builtIn("identities", "own/kind"));
    assertThatThrownBy(() -> host.identities().find("own/kind")).hasMessageContaining("own/kind");
    assertThatThrownBy(() -> host.service(Identities.class, new FakeServices()))
        .isInstanceOf(AtmosException.class);
    assertThat(looks).isZero();
    assertThat(host.identities().find("other/kind")).isEmpty();
    assertThat(host.identities().names()).containsExactly("own/kind");
    assertThat(host.installed()).isEmpty();
    assertThat(looks).isOne();
  }

  @Test
  void service_thatNobodySupplies_isMissing() {
    assertThatThrownBy(() -> host(PluginIndex.EMPTY).service(Identities.class, new FakeServices()))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PLUGIN))
        .hasMessage("no plugin supplies " + Identities.class.getName());
  }

  @Test
  void service_thatIsNamedAndNotThere_isThePluginsFailure() {
    PluginHost host = host(builtIn("services", Identities.class.getName()));
    assertThatThrownBy(() -> host.service(Identities.class, new FakeServices()))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("plugin own 1.0 does not have the service that it names");
  }

  @Test
  void failure_inABuiltInPlugin_isPassedOnAsItIs() {
    PluginHost host = host(builtIn("identities", "own/kind"));
    IllegalStateException defect = new IllegalStateException("ours");
    assertThatThrownBy(() ->
            host.call(
                host.builtIn().get(0),
                () -> {
                  throw defect;
                }))
        .isSameAs(defect);
  }
}
