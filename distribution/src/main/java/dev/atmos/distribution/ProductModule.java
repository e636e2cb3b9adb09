package dev.atmos.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleMainClassAttribute;
import java.lang.classfile.attribute.ModuleResolutionAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * All jars of the product as one named module, which jlink takes into the runtime image: no library
 * has to be a module for that. What service files say becomes part of the module's declaration, and
 * of each class there is the version for the running Java.
 */
final class ProductModule {
  static final String NAME = "dev.atmos";

  private static final String DECLARATION = "module-info.class";
  private static final String SERVICES = "META-INF/services/";

  private static final Pattern NOTICE = Pattern.compile("META-INF/[^/]*(LICENSE|NOTICE)[^/]*");

  /** What describes one jar and not the whole, its signature among it, or is for other tools. */
  private static final Pattern OF_ONE_JAR =
      Pattern.compile(DECLARATION + "|META-INF/([^/]*|(maven|native-image)/.*)");

  /** How the names of the packages begin that plugins are written for, each with a dot after it. */
  private static final List<String> API =
      List.of("dev.atmos.plugin.", "picocli.", "org.jspecify.annotations.");

  /** The SDK finds files by way of the class loader, which finds those of open packages only. */
  private static final String FOUND_BY_LOADER = "software.amazon.awssdk.";

  /**
   * A flag of the attribute ModuleResolution, which is the JDK's own and has no name in its API.
   */
  private static final int DO_NOT_RESOLVE_BY_DEFAULT = 1;

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final Map<String, Set<String>> providers = new TreeMap<>();

  /** The licences and notices of the jars, by jar and name. */
  private final Map<String, byte[]> notices = new TreeMap<>();

  /** Adds the content of a jar; the name is for its licence and notice. */
  void add(String library, Path file) throws IOException {
    try (JarFile jar =
        new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
      for (JarEntry entry : jar.versionedStream().toList()) {
        if (!entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            add(library, entry.getName(), in.readAllBytes());
          }
        }
      }
    }
  }

  private void add(String library, String name, byte[] content) {
    if (name.startsWith(SERVICES)) {
      addProviders(name.substring(SERVICES.length()), content);
    } else if (NOTICE.matcher(name).matches()) {
      notices.put(library + name.substring("META-INF".length()), content);
    } else if (!OF_ONE_JAR.matcher(name).matches()) {
      byte[] known = entries.put(name, content);
      if (known != null && !Arrays.equals(known, content)) {
        throw new IllegalStateException("two jars have a file " + name);
      }
    }
  }

  private void addProviders(String service, byte[] content) {
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
      String provider = line.replaceFirst("#.*", "").strip();
      if (!provider.isEmpty()) {
        providers.computeIfAbsent(service, any -> new LinkedHashSet<>()).add(provider);
      }
    }
  }

  /** Writes the module, which needs those others, as a jar whose entries have that time. */
  void write(Path jar, List<String> required, String main, LocalDateTime time) throws IOException {
    entries.put(DECLARATION, declaration(required, main));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        JarEntry entry = new JarEntry(each.getKey());
        entry.setTimeLocal(time);
        out.putNextEntry(entry);
        out.write(each.getValue());
        out.closeEntry();
      }
    }
  }

  /** Puts the licences and notices of all jars into a directory. */
  void writeNotices(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> each : notices.entrySet()) {
      Path file = directory.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
  }

  private byte[] declaration(List<String> required, String main) {
    Set<String> exported = new TreeSet<>();
    Set<String> opened = new TreeSet<>();
    for (String name : entries.keySet()) {
      String inside = name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
      if (name.endsWith(".class")) {
        if (API.stream().anyMatch((inside + ".")::startsWith)) {
          exported.add(inside);
        }
      } else if (inside.startsWith(FOUND_BY_LOADER)) {
        opened.add(inside);
      }
    }
    ModuleAttribute module =
        ModuleAttribute.of(
            ModuleDesc.of(NAME),
            builder -> {
              builder.requires(ModuleDesc.of("java.base"), List.of(AccessFlag.MANDATED), null);
              for (String other : required) {
                if (!other.equals("java.base")) {
                  builder.requires(ModuleDesc.of(other), List.of(), null);
                }
              }
              exported.forEach(each -> builder.exports(PackageDesc.of(each), List.of()));
              opened.forEach(each -> builder.opens(PackageDesc.of(each), List.of()));
              providers.forEach((service, classes) ->
                  builder.provides(
                      ClassDesc.of(service),
                      classes.stream().map(ClassDesc::of).toArray(ClassDesc[]::new)));
              services().forEach(each -> builder.uses(ClassDesc.of(each)));
            });
    return ClassFile.of()
        .buildModule(
            module,
            extra ->
                extra
                    .with(ModuleMainClassAttribute.of(ClassDesc.of(main)))
                    // Where this Java runs something else, the jars of the portable archive even,
                    // this module is not there.
                    .with(ModuleResolutionAttribute.of(DO_NOT_RESOLVE_BY_DEFAULT)));
  }

  /**
   * The services that something in here may load: those that are provided, and the interfaces and
   * abstract classes that are named by a class which hands one to ServiceLoader, be it by way of
   * others.
   */
  private Set<String> services() {
    Map<String, Set<String>> calls = new HashMap<>();
    entries.forEach((name, content) -> {
      if (name.endsWith(".class") && !name.equals(DECLARATION)) {
        calls.put(name.substring(0, name.length() - 6), callsWithClass(content));
      }
    });
    Set<String> loading = new HashSet<>(Set.of("java/util/ServiceLoader"));
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Set<String>> each : calls.entrySet()) {
        if (each.getValue().stream().anyMatch(loading::contains)) {
          more |= loading.add(each.getKey());
        }
      }
    }
    Set<String> services = new TreeSet<>(providers.keySet());
    for (String each : loading) {
      byte[] content = entries.get(each + ".class");
      if (content != null) {
        literals(content)
            .forEach(literal -> {
              byte[] type = entries.get(literal.replace('.', '/') + ".class");
              if (type != null && ClassFile.of().parse(type).flags().has(AccessFlag.ABSTRACT)) {
                services.add(literal);
              }
            });
      }
    }
    return services;
  }

  /** The owners of the methods that a class calls with a class. */
  private static Set<String> callsWithClass(byte[] content) {
    Set<String> owners = new HashSet<>();
    for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
      if (entry instanceof MemberRefEntry member
          && member.type().stringValue().matches("\\(.*Ljava/lang/Class;.*\\).*")) {
        owners.add(member.owner().asInternalName());
      }
    }
    return owners;
  }

  private static List<String> literals(byte[] content) {
    List<String> names = new ArrayList<>();
    ClassModel model = ClassFile.of().parse(content);
    for (var method : model.methods()) {
      method
          .code()
          .ifPresent(code -> {
            for (var element : code) {
              if (element instanceof ConstantInstruction.LoadConstantInstruction load
                  && load.constantEntry() instanceof ClassEntry entry
                  && !entry.asInternalName().startsWith("[")) {
                names.add(entry.asInternalName().replace('/', '.'));
              }
            }
          });
    }
    return names;
  }
}
