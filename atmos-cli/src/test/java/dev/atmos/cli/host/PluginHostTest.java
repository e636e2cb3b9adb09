package dev.atmos.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.testing.FakeServices;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class PluginHostTest {
  private int looks;

  private static PluginIndex builtIn(String key, String value) {
    return builtIn("dev.atmos.cli.HostPlugin", key, value);
  }

  private static PluginIndex builtIn(String className, String key, String value) {
    Properties metadata = new Properties();
    metadata.setProperty("id", "own");
    metadata.setProperty("version", "1.0");
    metadata.setProperty("api", "0.2");
    metadata.setProperty("class", className);
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
        },
        ClassPath::pluginThreads,
        ClassPath.safePlaces());
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

  @Test
  void sections_ofABuiltInPlugin_mayDependOnTheServices() {
    PluginHost host = host(builtIn(SectionsPlugin.class.getName(), "sections", "own"));
    FakeServices services =
        new FakeServices().withIdentity(new NamedKind("b/c")).withIdentity(new NamedKind("a"));
    SectionSchemas sections =
        new SectionSchemas(
            host,
            services,
            problem -> {
              throw new AssertionError(problem);
            });
    Schema schema = sections.find("own");
    assertThat(schema).isNotNull();
    assertThat(schema.description()).isEqualTo("a,b/c");
    assertThat(sections.find("other")).isNull();
    assertThat(sections.all()).containsOnlyKeys("own");
  }

  @Test
  void section_thatABuiltInPluginDoesNotHave_isADefect() {
    PluginHost host = host(builtIn(SectionsPlugin.class.getName(), "sections", "own,other"));
    SectionSchemas sections = new SectionSchemas(host, new FakeServices(), problem -> {});
    assertThatThrownBy(() -> sections.find("other"))
        .isInstanceOf(AtmosException.class)
        .hasMessage("plugin own 1.0 does not have the section that it names: other");
  }

  @Test
  void fallbackIdentity_isWhatABuiltInPluginNames() {
    assertThat(host(builtIn("fallback-identity", "own/ambient")).fallbackIdentity())
        .contains("own/ambient");
    assertThat(host(builtIn("identities", "own/ambient")).fallbackIdentity()).isEmpty();
    assertThat(looks).isZero();
  }

  private record NamedKind(String kind) implements IdentityType {
    @Override
    public Identity create(Definition definition, PluginContext context) {
      throw new AssertionError("no identity is made");
    }
  }
}
