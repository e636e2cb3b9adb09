package dev.atmos.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and the one door to the world. */
final class ArchitectureTest {
  private static final String API = "dev.atmos.plugin..";
  private static final String AUTH = "dev.atmos.auth..";
  private static final String EKS = "dev.atmos.aws.eks..";
  private static final String ECR = "dev.atmos.aws.ecr..";
  private static final String KUBECONFIG = "dev.atmos.kubeconfig..";

  /** The library by which features call AWS. */
  private static final String AWS = "dev.atmos.aws";

  private static final String IDENTITY = "dev.atmos.aws.identity..";

  /** What modules of ours give each other, and no plugin gets. */
  private static final String SERVICES = "dev.atmos.services..";

  private static final String TEXT = "dev.atmos.text..";
  private static final String CLI = "dev.atmos.cli..";
  private static final String CONFIG = "dev.atmos.cli.config..";
  private static final String NET = "dev.atmos.cli.net..";
  private static final String BOOTSTRAP = "dev.atmos.cli.bootstrap..";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location ->
              // The fakes that atmos-services has for the tests of other modules are in a jar of
              // theirs.
              !location.contains("atmos-services/target/test-classes")
                  && !location.contains("-tests.jar")
                  && !location.contains("dev/atmos/loopback/")
                  && !location.contains("dev/atmos/plugin/testkit/"))
          .importPackages("dev.atmos");

  /** Methods that reach out of the program, by the type that has them; a star for all. */
  private static final Map<String, Set<String>> WORLD =
      Map.ofEntries(
          Map.entry(
              "java.lang.System",
              Set.of(
                  "getenv",
                  "getProperty",
                  "getProperties",
                  "setProperty",
                  "exit",
                  "currentTimeMillis",
                  "nanoTime",
                  "console",
                  "load",
                  "loadLibrary",
                  "setOut",
                  "setErr",
                  "setIn",
                  "out",
                  "err",
                  "in")),
          Map.entry("java.lang.Runtime", Set.of("*")),
          Map.entry("java.lang.Process", Set.of("*")),
          Map.entry("java.lang.ProcessBuilder", Set.of("*")),
          Map.entry("java.lang.ProcessHandle", Set.of("*")),
          Map.entry("java.lang.Thread", Set.of("sleep", "<init>", "start", "startVirtualThread")),
          Map.entry("java.lang.Boolean", Set.of("getBoolean")),
          Map.entry("java.lang.Integer", Set.of("getInteger")),
          Map.entry("java.lang.Long", Set.of("getLong")),
          Map.entry("java.lang.IO", Set.of("*")),
          Map.entry("java.lang.Throwable", Set.of("printStackTrace()")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone")),
          Map.entry("java.time.ZoneId", Set.of("systemDefault")),
          Map.entry("java.util.Date", Set.of("<init>")),
          Map.entry("java.util.TimeZone", Set.of("getDefault")),
          Map.entry("java.io.File", Set.of("*")),
          Map.entry("java.io.FileInputStream", Set.of("*")),
          Map.entry("java.io.FileOutputStream", Set.of("*")),
          Map.entry("java.io.FileReader", Set.of("*")),
          Map.entry("java.io.FileWriter", Set.of("*")),
          Map.entry("java.io.RandomAccessFile", Set.of("*")),
          Map.entry("java.nio.file.Path", Set.of("of", "toFile", "toRealPath", "toAbsolutePath")),
          Map.entry("java.nio.file.Paths", Set.of("*")),
          Map.entry("java.nio.file.Files", Set.of("*")),
          Map.entry("java.nio.file.FileSystems", Set.of("*")),
          Map.entry("java.nio.channels.FileChannel", Set.of("*")),
          Map.entry("java.net.URL", Set.of("openConnection", "openStream", "getContent")),
          Map.entry("java.net.Socket", Set.of("*")),
          Map.entry("java.net.ServerSocket", Set.of("*")),
          Map.entry("java.net.DatagramSocket", Set.of("*")),
          // Whoever was given a connection may use it; only the port can make one.
          Map.entry("java.net.HttpURLConnection", Set.of("<init>", "setFollowRedirects")),
          // What reads an address out of a text asks nobody.
          Map.entry(
              "java.net.InetAddress",
              Set.of(
                  "getByName",
                  "getAllByName",
                  "getLocalHost",
                  "getHostName",
                  "getCanonicalHostName",
                  "isReachable")),
          Map.entry("java.net.http.HttpClient", Set.of("*")),
          Map.entry("javax.net.SocketFactory", Set.of("*")));

  /**
   * Who takes a secret out of its wrapping: what holds credentials and checks them, what signs,
   * what gives the SDK its keys and tokens and a proxy its password, what reads the AWS tools'
   * files, what keeps them, what gives programs their input and variables, and what a
   * configuration's command has written.
   */
  private static final Set<String> REVEALERS =
      Set.of(
          "dev.atmos.auth.session.StoredGrant",
          "dev.atmos.auth.command.ConsoleCommand",
          "dev.atmos.auth.command.CredentialProcessCommand",
          "dev.atmos.auth.command.CredentialServer",
          "dev.atmos.auth.command.WhoamiCommand",
          "dev.atmos.auth.env.ConfiguredVariables",
          "dev.atmos.auth.env.EnvFormat",
          "dev.atmos.auth.env.IdentityEnvironment",
          "dev.atmos.auth.env.IntegrationVariables",
          "dev.atmos.auth.store.EntryKey",
          "dev.atmos.auth.store.KeyringKeys",
          "dev.atmos.auth.store.keyring.MacKeychain",
          "dev.atmos.auth.store.PasswordKeys",
          "dev.atmos.auth.store.PlainStore",
          "dev.atmos.auth.store.RoleCredentialFiles",
          "dev.atmos.auth.store.EncryptedEntry",
          "dev.atmos.auth.store.keyring.SecretTool",
          "dev.atmos.aws.SdkCredentials",
          "dev.atmos.aws.ecr.command.CredentialHelperCommand",
          "dev.atmos.aws.ecr.docker.DockerLogins",
          "dev.atmos.aws.ecr.registry.EcrApi",
          "dev.atmos.aws.ecr.registry.RegistryPassword",
          "dev.atmos.aws.eks.token.EksToken",
          "dev.atmos.aws.eks.token.ExecCredential",
          "dev.atmos.aws.eks.token.PresignedUrl",
          "dev.atmos.aws.eks.command.UpdateOutput",
          "dev.atmos.aws.eks.doctor.TokenUrl",
          "dev.atmos.aws.identity.AssumeRoleType$AssumeRole",
          "dev.atmos.aws.identity.ambient.AmbientSources",
          "dev.atmos.aws.identity.ambient.AwsProfile",
          "dev.atmos.aws.identity.ambient.CredentialProcess",
          "dev.atmos.aws.identity.ambient.LoginSession",
          "dev.atmos.aws.identity.ambient.NetworkSources",
          "dev.atmos.aws.identity.ambient.ProfileRole",
          "dev.atmos.aws.identity.ambient.SharedFiles",
          "dev.atmos.aws.identity.ambient.WebIdentity",
          "dev.atmos.aws.identity.console.AwsConsole",
          "dev.atmos.aws.identity.identitycenter.AuthorizePage",
          "dev.atmos.aws.identity.identitycenter.IdentityCenterClient",
          "dev.atmos.aws.identity.identitycenter.SavedSignIn",
          "dev.atmos.aws.identity.identitycenter.SsoPortalClient",
          "dev.atmos.aws.identity.identitycenter.SsoTokenCache",
          "dev.atmos.aws.identity.login.ConsoleSession",
          "dev.atmos.aws.identity.login.ConsoleSignIn",
          "dev.atmos.aws.identity.login.DpopKey",
          "dev.atmos.aws.identity.support.MetadataHttp",
          "dev.atmos.aws.identity.support.MfaPrompt",
          "dev.atmos.aws.identity.support.Pkce",
          "dev.atmos.aws.identity.support.MetadataHttp$MetadataResponse",
          "dev.atmos.aws.identity.user.MfaCodes",
          "dev.atmos.aws.identity.user.StoredKey",
          "dev.atmos.aws.identity.user.UserSession",
          "dev.atmos.plugin.auth.AwsCredentials",
          "dev.atmos.cli.bootstrap.network.PinnedConnection",
          "dev.atmos.cli.bootstrap.process.ExecHandover",
          "dev.atmos.cli.bootstrap.SocketCallbackListener$SocketRequest",
          "dev.atmos.cli.bootstrap.SystemNetwork",
          "dev.atmos.cli.bootstrap.SystemNetwork$ProxyLogin",
          "dev.atmos.cli.bootstrap.windows.WindowsCredentials",
          "dev.atmos.cli.bootstrap.process.SystemProcesses",
          "dev.atmos.cli.config.yaml.TagValue",
          "dev.atmos.kubeconfig.file.KubeconfigFiles");

  private static void check(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @Test
  void product_asImported_isWhole() {
    assertThat(PRODUCT.size()).isGreaterThan(50);
    for (String name :
        Set.of(
            "dev.atmos.plugin.Plugin",
            "dev.atmos.auth.AuthPlugin",
            "dev.atmos.aws.AwsClients",
            "dev.atmos.aws.ecr.EcrPlugin",
            "dev.atmos.aws.eks.EksPlugin",
            "dev.atmos.kubeconfig.KubeconfigPlugin",
            "dev.atmos.text.TerminalText",
            "dev.atmos.cli.Atmos",
            "dev.atmos.cli.bootstrap.Main",
            "dev.atmos.cli.config.ConfigLoader",
            "dev.atmos.cli.host.PluginHost")) {
      assertThat(PRODUCT.contain(name)).as(name).isTrue();
    }
    assertThat(PRODUCT.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void api_ofPlugins_knowsNothingOfTheProgram() {
    check(
        noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AUTH, ECR, EKS, AWS, IDENTITY, KUBECONFIG, TEXT, SERVICES, CLI));
    check(
        classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                API, "java..", "javax.net.ssl", "picocli..", "org.jspecify.annotations.."));
  }

  @Test
  void features_ofTheProgram_knowTheApiAndTheLibrariesOnly() {
    check(onlyKnows(AUTH, AUTH, TEXT, SERVICES, API));
    check(onlyKnows(IDENTITY, IDENTITY, AWS, TEXT, SERVICES, API));
    check(onlyKnows(ECR, ECR, AWS, TEXT, SERVICES, API));
    check(onlyKnows(EKS, EKS, AWS, TEXT, SERVICES, API));
    check(onlyKnows(AWS, AWS, TEXT, SERVICES, API));
    check(onlyKnows(KUBECONFIG, KUBECONFIG, TEXT, SERVICES, API));
    check(onlyKnows(SERVICES, SERVICES, TEXT, API));
    check(onlyKnows(TEXT, TEXT));
  }

  @Test
  void commandLine_asAWhole_knowsNoFeature() {
    check(onlyKnows(CLI, CLI, TEXT, SERVICES, API));
    check(onlyKnows(NET, NET, TEXT, SERVICES, API));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOOTSTRAP));
  }

  private static ArchRule onlyKnows(String who, String... whom) {
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are not of another module of ours",
                known ->
                    !JavaClass.Predicates.resideInAPackage("dev.atmos..").test(known)
                        || JavaClass.Predicates.resideInAnyPackage(whom).test(known)));
  }

  @Test
  void packages_ofEveryModule_dependOnEachOtherInOneDirection() {
    check(SlicesRuleDefinition.slices().matching("dev.atmos.(**)").should().beFreeOfCycles());
  }

  /**
   * {@code auth login} is {@code auth.command.LoginCommand}: the class of a command is named by its
   * words, without those that its module's package ends with.
   */
  @Test
  void command_byItsWords_hasItsClass() throws IOException {
    List<String> commands = new ArrayList<>();
    for (URL file : Collections.list(resources("META-INF/atmos/plugin.properties"))) {
      Properties metadata = new Properties();
      try (InputStream in = file.openStream()) {
        metadata.load(in);
      }
      String plugin = metadata.getProperty("class");
      String module = plugin.substring(0, plugin.lastIndexOf('.'));
      for (String key : metadata.stringPropertyNames()) {
        if (key.startsWith("command.")) {
          String name = commandClass(module, key.substring("command.".length()));
          // Where another feature has that name: with the word of the group before it.
          String longer = name.replaceFirst("\\.command\\.", ".command." + lastWord(module));
          assertThat(PRODUCT.contain(name) || PRODUCT.contain(longer))
              .as("%s of %s", name, key)
              .isTrue();
          commands.add(key);
        }
      }
    }
    assertThat(commands)
        .contains("command.auth.login", "command.aws.eks.token", "command.config.show");
  }

  private static String lastWord(String module) {
    int last = module.lastIndexOf('.') + 1;
    return Character.toUpperCase(module.charAt(last)) + module.substring(last + 1);
  }

  private static Enumeration<URL> resources(String name) throws IOException {
    return ArchitectureTest.class.getClassLoader().getResources(name);
  }

  private static String commandClass(String module, String path) {
    List<String> words = List.of(path.split("\\.", -1));
    int group = words.size() - 1;
    while (group > 0 && !module.endsWith("." + String.join(".", words.subList(0, group)))) {
      group--;
    }
    StringBuilder name = new StringBuilder(module).append(".command.");
    for (String word : String.join("-", words.subList(group, words.size())).split("-", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.append("Command").toString();
  }

  /** What a token doesn't need is nowhere near it: the SDK's classes take long to load. */
  @Test
  void sdk_isKnownToTheLibraryAndTheFeaturesOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(AWS, ECR, EKS, IDENTITY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.."));
  }

  @Test
  void snakeYaml_isKnownToReadersAndWritersOfYamlOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(CONFIG, KUBECONFIG, TEXT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml.."));
  }

  @Test
  void jackson_isKnownToReadersAndWritersOfJsonOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(TEXT, AWS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.."));
  }

  /**
   * Kubeconfigs are other people's files: what is done to them is more than reading and writing.
   */
  private static final String DISK = "dev.atmos.kubeconfig.file.FileOperations";

  @Test
  void world_outsideTheBootstrap_isNotTouched() {
    assertThat(PRODUCT.contain(DISK)).isTrue();
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .and()
            .doNotHaveFullyQualifiedName(DISK)
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "it is outside the program", ArchitectureTest::isWorld)));
  }

  private static boolean isWorld(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    JavaClass owner = target.getOwner();
    // A call names the type that it was written with, which may be a subtype.
    return WORLD.entrySet().stream()
        .filter(entry -> owner.isAssignableTo(entry.getKey()))
        .map(Map.Entry::getValue)
        .anyMatch(names ->
            names.contains("*")
                || names.contains(target.getName())
                || (names.contains("printStackTrace()")
                    && target.getFullName().endsWith(".printStackTrace()")));
  }

  @Test
  void worldRule_onTheBootstrap_findsWhatItLooksFor() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : PRODUCT) {
      if (each.getPackageName().startsWith("dev.atmos.cli.bootstrap")) {
        each.getAccessesFromSelf().stream()
            .filter(ArchitectureTest::isWorld)
            .forEach(access -> found.add(access.getTargetOwner().getSimpleName()));
      }
    }
    assertThat(found)
        .contains(
            "Clock", "Files", "FileInputStream", "Path", "ProcessBuilder", "Runtime", "System");
  }

  @Test
  void secrets_byAnybodyElse_areNotRevealed() {
    DescribedPredicate<JavaClass> others =
        DescribedPredicate.describe(
            "have no business with it", each -> !REVEALERS.contains(each.getName()));
    check(noClasses().that(others).should().callMethod(Secret.class, "reveal"));
    for (String name : REVEALERS) {
      assertThat(PRODUCT.contain(name)).as(name).isTrue();
    }
  }

  /** Nobody else decides whom to believe, and so nothing can switch that off. */
  @Test
  void trust_ofServers_isDecidedInOnePlace() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.atmos.cli.net")
            .should()
            .beAssignableTo(javax.net.ssl.TrustManager.class)
            .orShould()
            .beAssignableTo(javax.net.ssl.HostnameVerifier.class)
            .orShould()
            .callMethod(
                javax.net.ssl.HttpsURLConnection.class,
                "setHostnameVerifier",
                javax.net.ssl.HostnameVerifier.class));
  }

  /** They compute with BigDecimal, which takes half as long as a token to set up. */
  @Test
  void durations_ofTheProduct_areAddedAndNotMultiplied() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "a method of Duration that uses BigDecimal",
                    (JavaMethodCall call) ->
                        call.getTargetOwner().isEquivalentTo(Duration.class)
                            && Set.of("abs", "negated", "multipliedBy", "dividedBy")
                                .contains(call.getName()))));
  }

  @Test
  void packages_ofTheProduct_areNullMarked() {
    Set<String> packages = new TreeSet<>();
    for (JavaClass each : PRODUCT) {
      packages.add(each.getPackageName());
      assertThat(each.getPackage().isAnnotatedWith(NullMarked.class))
          .as(each.getPackageName())
          .isTrue();
    }
    assertThat(packages).hasSizeGreaterThanOrEqualTo(10);
  }

  /** Whatever a class initialiser does, it does before it is known that anybody needs it. */
  @Test
  void classInitialisers_outsideTheBootstrap_makeConstantsOnly() {
    check(
        classes()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .should(
                new ArchCondition<JavaClass>("make constants only when they are initialised") {
                  @Override
                  public void check(JavaClass each, ConditionEvents events) {
                    Optional<JavaStaticInitializer> initialiser = each.getStaticInitializer();
                    initialiser.ifPresent(code ->
                        code.getCallsFromSelf().stream()
                            .filter(call -> !makesAConstant(each, call.getTarget()))
                            .forEach(call ->
                                events.add(
                                    SimpleConditionEvent.violated(call, call.getDescription()))));
                  }
                }));
  }

  private static boolean makesAConstant(JavaClass each, AccessTarget target) {
    JavaClass owner = target.getOwner();
    boolean collection =
        Set.of("java.util.List", "java.util.Set", "java.util.Map").contains(owner.getName());
    boolean own = owner.equals(each) && (target.getName().equals("<init>") || each.isEnum());
    boolean record = owner.isRecord() && target.getName().equals("<init>");
    // The table by which a switch finds its case is made by the compiler, in a class of its own.
    boolean table =
        each.getModifiers().contains(JavaModifier.SYNTHETIC)
            && Set.of("values", "ordinal").contains(target.getName());
    boolean span =
        owner.getName().equals("java.time.Duration") && target.getName().startsWith("of");
    return own
        || record
        || table
        || span
        || (collection && target.getName().equals("of"))
        // A schema is a value that is built by its own methods.
        || owner.getName().equals("dev.atmos.plugin.config.Schema")
        || owner.getName().equals("java.util.Comparator")
        || target.getFullName().equals("java.lang.Class.getName()")
        || target.getName().equals("registerAsParallelCapable");
  }
}
