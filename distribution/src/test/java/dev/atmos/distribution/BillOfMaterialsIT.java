package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bills of materials against what they lie beside, and against what the build has verified. */
class BillOfMaterialsIT {
  private static final Path SELF_CONTAINED = Product.selfContained().home();
  private static final Path PORTABLE = Product.portable().home();

  @BeforeAll
  static void isThere() {
    assertThat(Files.exists(PORTABLE.resolve("sbom.json")))
        .isEqualTo(Files.exists(SELF_CONTAINED.resolve("sbom.json")));
    if (!Files.exists(PORTABLE.resolve("sbom.json"))) {
      throw Tools.absent("there is no sbom.json: Maven was offline, and makes none then");
    }
  }

  private static JsonNode bill(Path home) throws IOException {
    JsonNode bill = new ObjectMapper().readTree(home.resolve("sbom.json").toFile());
    assertThat(bill.get("bomFormat").textValue()).isEqualTo("CycloneDX");
    return bill;
  }

  /** The components by where they are in the product; each is somewhere. */
  private static Map<String, JsonNode> components(Path home) throws IOException {
    Map<String, JsonNode> found = new TreeMap<>();
    for (JsonNode component : bill(home).get("components")) {
      String location = component.at("/evidence/occurrences/0/location").textValue();
      assertThat(location).as(component.toString()).isNotNull();
      assertThat(found.put(location, component)).as(location).isNull();
    }
    return found;
  }

  private static JsonNode component(Map<String, JsonNode> components, String location) {
    JsonNode component = components.get(location);
    if (component == null) {
      throw new AssertionError("the bill of materials has no " + location);
    }
    return component;
  }

  private static String digest(JsonNode component) {
    JsonNode hashes = component.get("hashes");
    assertThat(hashes).as(component.toString()).hasSize(1);
    assertThat(hashes.at("/0/alg").textValue()).isEqualTo("SHA-256");
    return hashes.at("/0/content").textValue();
  }

  private static String digest(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  private static void assertEachJarIsIn(Path home) throws Exception {
    Map<String, JsonNode> components = components(home);
    List<String> jars = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        String location = home.relativize(file).toString();
        jars.add(location);
        assertThat(digest(component(components, location))).as(location).isEqualTo(digest(file));
      }
    }
    assertThat(jars).hasSizeGreaterThan(10);
    assertThat(components.keySet().stream().filter(name -> name.endsWith(".jar")))
        .containsExactlyInAnyOrderElementsOf(jars);
  }

  @Test
  void bill_ofEachArchive_hasEveryJarWithItsDigest() throws Exception {
    assertEachJarIsIn(SELF_CONTAINED);
    assertEachJarIsIn(PORTABLE);
  }

  @Test
  void bill_ofARewrittenJar_hasTheVerifiedOneAsItsAncestor() throws Exception {
    List<String> verified =
        Files.readAllLines(Path.of("../build/dependencies.sha256")).stream()
            .map(line -> line.substring(0, 64) + line.substring(line.lastIndexOf('/')))
            .toList();
    List<String> rewritten = new ArrayList<>();
    for (JsonNode component : components(PORTABLE).values()) {
      if (component.path("purl").textValue() == null) {
        continue;
      }
      JsonNode original = component.at("/pedigree/ancestors/0");
      String name = component.get("name").textValue();
      if (original.isMissingNode()) {
        original = component;
      } else {
        rewritten.add(name);
        assertThat(digest(component)).isNotEqualTo(digest(original));
        assertThat(original.get("purl")).isEqualTo(component.get("purl"));
      }
      assertThat(verified)
          .contains(
              digest(original) + "/" + name + "-" + component.get("version").textValue() + ".jar");
    }
    assertThat(rewritten).containsExactly("picocli");
  }

  @Test
  void bill_ofOurJar_namesTheModules() throws Exception {
    String own = PORTABLE.relativize(Product.portable().ownJar()).toString();
    List<String> modules = new ArrayList<>();
    for (JsonNode module : component(components(PORTABLE), own).get("components")) {
      modules.add(module.get("name").textValue());
    }
    assertThat(modules).contains("atmos-cli", "plugin-api", "atmos-auth");
  }

  @Test
  void bill_withARuntime_namesTheJdkAndItsModules() throws Exception {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(SELF_CONTAINED.resolve("runtime/release"))) {
      release.load(in);
    }
    Map<String, JsonNode> components = components(SELF_CONTAINED);
    JsonNode jdk = component(components, "runtime");
    assertThat(jdk.get("version").textValue())
        .startsWith(release.getProperty("JAVA_VERSION").replace("\"", ""));
    assertThat(jdk.at("/supplier/name").textValue()).isNotEmpty();
    List<String> modules = new ArrayList<>();
    for (JsonNode property : jdk.get("properties")) {
      modules.add(property.get("value").textValue());
    }
    assertThat(String.join(" ", modules))
        .isEqualTo(release.getProperty("MODULES").replace("\"", ""));
    assertThat(digest(component(components, "runtime/lib/modules")))
        .isEqualTo(digest(SELF_CONTAINED.resolve("runtime/lib/modules")));
    assertThat(components(PORTABLE)).doesNotContainKeys("runtime", "runtime/lib/modules");

    List<String> platform = new ArrayList<>();
    for (Requires each :
        ModuleFinder.ofSystem().find("java.se").orElseThrow().descriptor().requires()) {
      platform.add(each.name());
    }
    platform.removeAll(List.of("java.desktop", "java.datatransfer"));
    assertThat(modules).containsAll(platform).doesNotContain("java.desktop", "jdk.httpserver");
  }

  @Test
  void bill_saysNothingOfWhenAndWhereItWasMade() throws Exception {
    JsonNode bill = bill(SELF_CONTAINED);
    assertThat(bill.at("/metadata/timestamp").textValue()).isIn(null, "2026-11-24T00:00:00Z");
    assertThat(bill.toString()).doesNotContain(Path.of("..").toRealPath().toString());
    assertThat(bill.get("serialNumber")).isNotEqualTo(bill(PORTABLE).get("serialNumber"));
  }
}
