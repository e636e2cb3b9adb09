package dev.atmos.aws.ecr;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user of docker with one identity, {@code dev}, and a stand-in for AWS. */
public final class DockerScene implements AutoCloseable {
  public static final String HOST = "111122223333.dkr.ecr.us-east-2.amazonaws.com";

  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  public final LoopbackAws aws;
  public final FakeServices services = new FakeServices();
  public final Map<String, Secret> kept = new HashMap<>();
  public boolean keeps = true;
  public boolean signedIn = true;
  public @Nullable Instant credentialsEnd;

  public DockerScene() throws IOException {
    aws = LoopbackAws.start(services.clock());
    aws.add(IamUser.of("111122223333", "dev").key(KEY_ID, SECRET));
    services.environment().set("AWS_ENDPOINT_URL", aws.url());
    services
        .withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/project/atmos.yaml"))
        .withService(Identities.class, new OneIdentity())
        .withService(ConfiguredNames.class, new OneName())
        .withService(DerivedSecrets.class, new KeptInMemory());
  }

  @Override
  public void close() {
    aws.close();
  }

  public Path docker() {
    return services.directories().home().orElseThrow().resolve(".docker").resolve("config.json");
  }

  public void docker(String content) {
    try {
      Files.createDirectories(docker().resolveSibling(""));
      Files.writeString(docker(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class OneIdentity implements Identities {
    @Override
    public Grant grant(@Nullable String name) {
      return credentials(name);
    }

    @Override
    public AwsCredentials credentials(@Nullable String name) {
      if (!signedIn) {
        throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "you have to sign in", "sign in");
      }
      return AwsCredentials.of(KEY_ID, Secret.of(SECRET), null, credentialsEnd);
    }

    @Override
    public Optional<String> nameOf(@Nullable String name) {
      return Optional.of(name == null ? "dev" : name);
    }

    @Override
    public Optional<String> regionOf(@Nullable String identity) {
      return Optional.empty();
    }
  }

  private static final class OneName implements ConfiguredNames {
    @Override
    public List<String> identities() {
      return List.of("dev");
    }

    @Override
    public List<String> providers() {
      return List.of();
    }

    @Override
    public List<String> integrations() {
      return List.of();
    }
  }

  private final class KeptInMemory implements DerivedSecrets {
    @Override
    public boolean keeps() {
      return keeps;
    }

    @Override
    public Optional<Secret> read(@Nullable String identity, String name) {
      return Optional.ofNullable(kept.get(identity + " " + name));
    }

    @Override
    public void write(@Nullable String identity, String name, @Nullable Secret secret) {
      if (secret == null) {
        kept.remove(identity + " " + name);
      } else if (keeps) {
        kept.put(identity + " " + name, secret);
      }
    }
  }
}
