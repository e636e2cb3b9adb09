package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.host.PluginIndex;
import dev.atmos.services.system.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin that was compiled once against this version of the API, and is kept as it was: whatever
 * breaks it breaks the plugins that people have installed.
 */
final class CompiledSamplesTest {
  private static final String SAMPLE = "src/test/samples/api-0.2/sample.jar";

  private static final String CONFIGURATION =
      """
      sample:
        greeting: Good morning
      auth:
        providers:
          door:
            kind: sample/door
            address: https://door.example.com
            password: open-sesame
        identities:
          key:
            kind: sample/key
            id: AKIDSAMPLEKEY
            secret: sample-secret
          role:
            kind: sample/role
            via: {provider: door}
            principal: {role: deploy}
            duration: 30m
        integrations:
          note:
            kind: sample/note
            via: {identity: role}
            spec: {text: remember}
      """;

  @TempDir Path root;
  private AtmosRun atmos;

  @BeforeEach
  void installTheSample() throws IOException {
    RealDirectories directories = new RealDirectories(root);
    Path plugins = directories.data().orElseThrow().resolve("plugins");
    Path home = Files.createDirectories(plugins.resolve("sample").resolve("1.0.0"));
    Files.copy(Path.of(SAMPLE), home.resolve("sample.jar"));
    Properties metadata = new Properties();
    try (JarFile jar = new JarFile(SAMPLE);
        InputStream in = jar.getInputStream(jar.getEntry("META-INF/atmos/plugin.properties"))) {
      metadata.load(in);
    }
    Properties index = new Properties();
    PluginIndex.add(index, metadata);
    index.setProperty("sample/jars", "sample.jar");
    index.setProperty(
        "sample/sha256.sample.jar", Digests.sha256Hex(Files.readAllBytes(Path.of(SAMPLE))));
    try (OutputStream out = Files.newOutputStream(plugins.resolve("index.properties"))) {
      index.store(out, null);
    }
    atmos =
        AtmosRun.in(directories)
            .file("config/atmos.yaml", CONFIGURATION)
            .file(
                "config/store.yaml",
                CONFIGURATION.replace("auth:\n", "auth:\n  keyring: {type: sample-store}\n"));
  }

  private AtmosRun.Result run(String... words) {
    return atmos.run(
        Stream.concat(Stream.of("--config=config/atmos.yaml"), Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  void jar_ofTheSample_isAsItWasCompiled() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.list(Path.of("src/test/samples/api-0.2/src/sample"))) {
      sources = files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
    }
    try (JarFile jar = new JarFile(SAMPLE)) {
      for (String name : sources) {
        byte[] code = jar.getInputStream(jar.getEntry("sample/" + name + ".class")).readAllBytes();
        assertThat(code[7]).as("the version of the class files of Java 17").isEqualTo((byte) 61);
      }
    }
  }

  @Test
  void command_ofTheSample_answersFromItsSection() {
    assertThat(run("sample", "greet").answer()).isEqualTo("Good morning, world\n");
    assertThat(run("sample", "greet", "Ann", "--identity", "key").answer())
        .isEqualTo("Good morning, Ann\nAKIDSAMPLEKEY\n");
    run("sample", "greet", "wall").failed(5, "the wall doesn't answer; greet a person");
    assertThat(run("sample", "greet", "--help").answer()).contains("Greets someone.", "--identity");
  }

  @Test
  void kinds_ofTheSample_signInAndSetUp() {
    assertThat(run("auth", "validate").exitCode()).isZero();
    AtmosRun.Result login = run("auth", "login", "role");
    assertThat(login.exitCode()).as(login.stderr()).isZero();
    assertThat(login.stderr()).contains("remember by AKIDSAMPLEROLE");
    assertThat(run("auth", "whoami", "role", "--offline").answer()).contains("principal  deploy");
    assertThat(run("auth", "env", "--static", "--identity=role", "--format=json").answer())
        .contains("SAMPLE_NOTE");
    assertThat(run("auth", "logout", "role").exitCode()).isZero();
  }

  @Test
  void store_ofTheSample_getsTheSignIn() {
    AtmosRun.Result login = atmos.run("--config=config/store.yaml", "auth", "login", "role");
    assertThat(login.exitCode()).isZero();
    assertThat(login.stderr()).contains("the shelf has a new ");
    assertThat(run("auth", "login", "role").stderr()).doesNotContain("shelf");
  }

  @Test
  void tokens_ofTheSamplesKeys_areTakenByServers() {
    atmos.knows("AKIDSAMPLEKEY", "sample-secret").knows("AKIDSAMPLEROLE", "open-sesame");
    for (String identity : List.of("key", "role")) {
      assertThat(
              run(
                      "aws",
                      "eks",
                      "token",
                      "--cluster-name=demo",
                      "--region=eu-west-1",
                      "-i",
                      identity)
                  .exitCode())
          .isZero();
    }
  }
}
