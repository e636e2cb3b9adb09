package dev.atmos.distribution;

import dev.atmos.text.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The bill of materials of a product's directory. Maven's has the jars of the local repository;
 * this one adds which file of the product each of them became, and what else is in there: a jar
 * that was rewritten has the shipped one's digest, and the original as its ancestor.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
final class BillOfMaterials {
  private static final String OWN_GROUP = "dev.atmos";

  private static final String IMAGE = "runtime/lib/modules";
  private static final String REWRITTEN =
      "The class files have a newer version number and stack maps.";

  private final Map<String, Object> bill;
  private final List<Object> components = new ArrayList<>();

  /** Our modules, which are one jar in the product. */
  private final List<Object> modules = new ArrayList<>();

  private final Map<String, Map<String, Object>> libraries = new LinkedHashMap<>();

  private BillOfMaterials(Map<String, Object> bill) {
    this.bill = bill;
  }

  /** What Maven has made: JSON, which is YAML too. */
  static BillOfMaterials read(Path file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    BillOfMaterials bill = new BillOfMaterials(yaml.load(Files.readString(file)));
    if (bill.bill.get("components") instanceof List<?> found) {
      for (Object each : found) {
        Map<String, Object> component = new LinkedHashMap<>();
        ((Map<?, ?>) each).forEach((key, value) -> component.put(key.toString(), value));
        if (OWN_GROUP.equals(component.get("group"))) {
          bill.modules.add(component);
        } else {
          bill.components.add(component);
          bill.libraries.put(
              component.get("name") + "-" + component.get("version") + ".jar", component);
        }
      }
    }
    return bill;
  }

  /** Says which file of the product a library's jar is. */
  void ships(String jar, String location, byte[] original, byte[] shipped) {
    Map<String, Object> component = library(jar, original);
    if (!digest(shipped).equals(digest(original))) {
      addAncestor(component, original, REWRITTEN);
    }
    component.put("hashes", hashes(shipped));
    component.put("evidence", at(location));
  }

  /** Says that a library's content is part of the product's module. */
  void includes(String jar, byte[] original, byte[] added) {
    Map<String, Object> component = library(jar, original);
    boolean rewritten = !digest(added).equals(digest(original));
    addAncestor(
        component,
        original,
        "Its content is in the module "
            + ProductModule.NAME
            + "."
            + (rewritten ? " " + REWRITTEN : ""));
    component.remove("hashes");
    component.put("evidence", at(IMAGE));
  }

  private Map<String, Object> library(String jar, byte[] original) {
    Map<String, Object> component = libraries.get(jar);
    if (component == null || !component.toString().contains(digest(original))) {
      throw new IllegalStateException("the bill of materials has another " + jar);
    }
    return component;
  }

  private static void addAncestor(Map<String, Object> component, byte[] original, String notes) {
    Map<String, Object> ancestor = new LinkedHashMap<>();
    for (String key : List.of("type", "group", "name", "version", "purl")) {
      Object value = component.get(key);
      if (value != null) {
        ancestor.put(key, value);
      }
    }
    ancestor.put("hashes", hashes(original));
    Map<String, Object> pedigree = new LinkedHashMap<>();
    pedigree.put("ancestors", List.of(ancestor));
    pedigree.put("notes", notes);
    component.put("pedigree", pedigree);
  }

  /** Adds the file that has our modules in it. */
  void shipsOwn(String location, byte[] content) {
    Map<String, Object> component = file("library", location, content);
    component.put("group", OWN_GROUP);
    component.put("components", modules);
  }

  /** Adds a file that is of this build. */
  void shipsFile(String location, byte[] content) {
    file("file", location, content);
  }

  /** Adds the running JDK, of which these modules are in the runtime, and our modules beside it. */
  void shipsRuntime(List<String> names, Path runtime) throws IOException {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", "platform");
    component.put("bom-ref", "runtime");
    component.put("supplier", Map.of("name", System.getProperty("java.vendor")));
    component.put("name", System.getProperty("java.runtime.name"));
    component.put("version", System.getProperty("java.runtime.version"));
    component.put("description", System.getProperty("java.vendor.version", ""));
    component.put("evidence", at("runtime"));
    List<Object> properties = new ArrayList<>();
    for (String name : names) {
      properties.add(ordered("name", "dev.atmos:java-module", "value", name));
    }
    component.put("properties", properties);
    components.add(component);
    shipsOwn(IMAGE, Files.readAllBytes(runtime.resolve("lib/modules")));
  }

  private Map<String, Object> file(String type, String location, byte[] content) {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", type);
    component.put("bom-ref", location);
    component.put("name", location.substring(location.lastIndexOf('/') + 1));
    component.put("hashes", hashes(content));
    component.put("evidence", at(location));
    components.add(component);
    return component;
  }

  /** Writes it, under a number that only an equal one has. */
  void write(Path file) throws IOException {
    bill.put("components", components);
    bill.remove("serialNumber");
    byte[] content = JsonWriter.line(bill).getBytes(StandardCharsets.UTF_8);
    bill.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(content));
    Files.writeString(file, JsonWriter.indented(bill));
  }

  private static Map<String, Object> at(String location) {
    return Map.of("occurrences", List.of(Map.of("location", location)));
  }

  private static List<Object> hashes(byte[] content) {
    return List.of(ordered("alg", "SHA-256", "content", digest(content)));
  }

  private static Map<String, Object> ordered(
      String first, Object value, String second, Object other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(first, value);
    map.put(second, other);
    return map;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
