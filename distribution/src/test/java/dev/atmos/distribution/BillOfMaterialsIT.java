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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bills of materials against what they lie beside, and against what the build has verified. */
class BillOfMaterialsIT {
  private static final Path SELF_CONTAINED = Product.selfContained().home();
  private static final String IMAGE = "runtime/lib/modules";
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
      // The libraries are part of the image.
      String key = location.equals(IMAGE) && isLibrary(component) ? name(component) : location;
      assertThat(found.put(key, component)).as(key).isNull();
    }
    return found;
  }

  private static boolean isLibrary(JsonNode component) {
    return component.path("purl").textValue() != null;
  }

  private static String name(JsonNode component) {
    return component.get("name").textValue() + "-" + component.get("version").textValue();
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

  @Test
  void bill_ofThePortableArchive_hasEveryJarWithItsDigest() throws Exception {
    Map<String, JsonNode> components = components(PORTABLE);
    List<String> jars = new ArrayList<>();
    for (Path file : Product.portable().jars()) {
      String location = PORTABLE.relativize(file).toString();
      jars.add(location);
      assertThat(digest(component(components, location))).as(location).isEqualTo(digest(file));
    }
    assertThat(jars).hasSizeGreaterThan(10);
    assertThat(components.keySet().stream().filter(name -> name.endsWith(".jar")))
        .containsExactlyInAnyOrderElementsOf(jars);
  }

  @Test
  void bill_ofEachArchive_hasTheVerifiedLibraries() throws Exception {
    List<String> verified =
        Files.readAllLines(Path.of("../build/dependencies.sha256")).stream()
            .map(line -> line.substring(0, 64) + line.substring(line.lastIndexOf('/')))
            .toList();
    Map<Path, List<String>> libraries = new TreeMap<>();
    Map<Path, List<String>> rewritten = new TreeMap<>();
    for (Path home : List.of(PORTABLE, SELF_CONTAINED)) {
      for (JsonNode component : components(home).values()) {
        if (!isLibrary(component)) {
          continue;
        }
        JsonNode original = component.at("/pedigree/ancestors/0");
        if (component.at("/pedigree/notes").asText().contains("stack maps")) {
          rewritten
              .computeIfAbsent(home, any -> new ArrayList<>())
              .add(component.get("name").textValue());
        }
        if (original.isMissingNode()) {
          original = component;
        }
        assertThat(original.get("purl")).isEqualTo(component.get("purl"));
        assertThat(verified).contains(digest(original) + "/" + name(component) + ".jar");
        libraries.computeIfAbsent(home, any -> new ArrayList<>()).add(name(component));
      }
    }
    assertThat(libraries.get(SELF_CONTAINED))
        .hasSizeGreaterThan(10)
        .containsExactlyInAnyOrderElementsOf(libraries.get(PORTABLE));
    assertThat(rewritten)
        .isEqualTo(Map.of(PORTABLE, List.of("picocli"), SELF_CONTAINED, List.of("picocli")));
  }

  @Test
  void bill_ofOurOwnCode_namesTheModules() throws Exception {
    String own = PORTABLE.relativize(Product.portable().ownJar()).toString();
    for (JsonNode file :
        List.of(
            component(components(PORTABLE), own), component(components(SELF_CONTAINED), IMAGE))) {
      List<String> modules = new ArrayList<>();
      for (JsonNode module : file.get("components")) {
        modules.add(module.get("name").textValue());
      }
      assertThat(modules).contains("atmos-cli", "plugin-api", "atmos-auth");
    }
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
    List<String> all = List.of(release.getProperty("MODULES").replace("\"", "").split(" "));
    assertThat(all).contains("dev.atmos").containsAll(modules);
    assertThat(modules).hasSize(all.size() - 1).doesNotContain("dev.atmos");
    assertThat(digest(component(components, IMAGE)))
        .isEqualTo(digest(SELF_CONTAINED.resolve(IMAGE)));
    assertThat(components(PORTABLE)).doesNotContainKeys("runtime", IMAGE);

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
