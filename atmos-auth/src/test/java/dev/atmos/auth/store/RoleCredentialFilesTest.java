package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.CANARY;
import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.profiles.ProfileFile;

class RoleCredentialFilesTest {
  private static final Fingerprint ONE = new Fingerprint("1".repeat(64));
  private static final Fingerprint TWO = new Fingerprint("2".repeat(64));
  private static final Instant UNTIL = Instant.parse("2025-01-15T13:00:00Z");

  private final FakeServices context = new FakeServices();
  private final RoleCredentialFiles files = new RoleCredentialFiles(context);

  private static AwsCredentials credentials(String keyId, Instant until) {
    return AwsCredentials.of(
        keyId, Secret.of(CANARY + "/+=" + keyId), Secret.of(CANARY + "-token=="), until);
  }

  private static Path directory(FakeServices context, Fingerprint fingerprint) {
    return Stores.auth(context).resolve("roles").resolve(fingerprint.hex());
  }

  private Path file() {
    return directory(context, ONE).resolve("credentials");
  }

  private void write(String content) throws IOException {
    Files.createDirectories(file().resolveSibling(""));
    Files.writeString(file(), content, StandardCharsets.ISO_8859_1);
  }

  static Stream<FakeFiles> views() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  @ParameterizedTest
  @MethodSource("views")
  void credentials_comeBack_andTheFilesAreWhatTheAwsToolsHave(FakeFiles view) throws IOException {
    FakeServices world = new FakeServices(view);
    RoleCredentialFiles kept = new RoleCredentialFiles(world);
    assertThat(kept.read(ONE)).isEmpty();
    kept.write(ONE, "dev", credentials("ASIAONE", UNTIL.plusMillis(500)), "eu-west-1");
    assertThat(kept.read(ONE)).contains(credentials("ASIAONE", UNTIL));
    assertThat(kept.read(TWO)).isEmpty();
    Path place = directory(world, ONE);
    assertThat(place.resolve("credentials"))
        .hasContent(
            """
            ; atmos: expiration=2025-01-15T13:00:00Z
            [dev]
            aws_access_key_id = ASIAONE
            aws_secret_access_key = canary-of-a-secret/+=ASIAONE
            aws_session_token = canary-of-a-secret-token==
            """);
    assertThat(place.resolve("config")).hasContent("[profile dev]\nregion = eu-west-1\n");
    assertThat(kept.items()).containsExactly(new StoredItem.Role(ONE, List.of("dev"), place));
    assertThat(kept.delete(ONE)).isTrue();
    assertThat(kept.delete(ONE)).isFalse();
    assertThat(Stores.files(Stores.auth(world))).isEmpty();
    assertThat(Files.exists(place)).isFalse();
  }

  /** One role may be two identities of the configuration, and is signed in to once. */
  @Test
  void credentials_underAnotherName_replaceThoseBefore() throws IOException {
    files.write(ONE, "dev", credentials("ASIAONE", UNTIL), "us-east-1");
    files.write(ONE, "default", credentials("ASIATWO", UNTIL.plusSeconds(1)), null);
    assertThat(files.read(ONE).orElseThrow().accessKeyId()).isEqualTo("ASIATWO");
    assertThat(files.items().get(0).profiles()).containsExactly("default");
    assertThat(Files.readString(file())).doesNotContain("ASIAONE");
    assertThat(file().resolveSibling("config")).hasContent("[default]\n");
  }

  @Test
  void credentials_withoutAnEndOrAToken_areNoneOfARole() {
    for (AwsCredentials wrong :
        List.of(
            AwsCredentials.of("AKIA", Secret.of("x"), null, UNTIL),
            AwsCredentials.of("ASIA", Secret.of("x"), Secret.of("y"), null))) {
      assertThatThrownBy(() -> files.write(ONE, "dev", wrong, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> files.write(ONE, "a b", credentials("ASIA", UNTIL), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Stores.files(Stores.auth(context))).isEmpty();
  }

  private static final String WHOLE =
      """
      ; atmos: expiration=2025-01-15T13:00:00Z
      [dev]
      aws_access_key_id = ASIAONE
      aws_secret_access_key = canary-of-a-secret
      aws_session_token = canary-of-a-secret
      """;

  static Stream<String> broken() {
    return Stream.of(
        WHOLE.replace("aws_session_token", "aws_session"),
        WHOLE.replace("aws_secret_access_key = canary-of-a-secret\n", ""),
        WHOLE.replace("ASIAONE", ""),
        WHOLE.replace("ASIAONE", "canary-of-a-secret canary-of-a-secret"),
        WHOLE.replace("ASIAONE", "canary-of-a-secret\u00e9"),
        WHOLE.replace("ASIAONE", "canary-of-a\0-secret"),
        WHOLE.replace("2025-01-15T13:00:00Z", "canary-of-a-secret"),
        WHOLE.replace("2025-01-15T13:00:00Z", ""),
        "canary-of-a-secret\n",
        "\0\0\0\0canary-of-a-secret\n",
        "[canary-of-a-secret\n");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void file_thatIsBroken_isAFailureWithoutItsContent_andSigningInMendsIt(String content)
      throws IOException {
    write(content);
    assertThat(failure(ExitCode.FAILED, () -> files.read(ONE)))
        .matches("the credentials in .*/credentials can't be used: .* \\| sign in again: .*");
    files.write(ONE, "dev", credentials("ASIANEW", UNTIL), null);
    assertThat(files.read(ONE)).contains(credentials("ASIANEW", UNTIL));
    assertThat(files.items()).hasSize(1);
  }

  @Test
  void file_cutOffAnywhere_isNeverRead() throws IOException {
    for (int length = 1; length < WHOLE.length(); length++) {
      write(WHOLE.substring(0, length));
      assertThat(failure(ExitCode.FAILED, () -> files.read(ONE)))
          .as("%d bytes", length)
          .contains("can't be used");
    }
    write("");
    assertThat(files.read(ONE)).isEmpty();
  }

  @Test
  void file_thatIsALink_isAFailure() throws IOException {
    Path elsewhere = context.directories().write("/tmp/planted", WHOLE);
    Files.createDirectories(file().resolveSibling(""));
    Files.createSymbolicLink(file(), elsewhere);
    assertThat(failure(ExitCode.FAILED, () -> files.read(ONE))).contains("can't read");
    files.write(ONE, "dev", credentials("ASIATWO", UNTIL), null);
    assertThat(files.read(ONE).orElseThrow().accessKeyId()).isEqualTo("ASIATWO");
    assertThat(elsewhere).hasContent(WHOLE);
  }

  @Test
  void place_withStrangeNames_listsWhatIsOurs() throws IOException {
    Path roles = Stores.auth(context).resolve("roles");
    for (String name : List.of("x", "..x", "A".repeat(64), "1".repeat(63))) {
      Files.createDirectories(roles.resolve(name));
    }
    files.write(TWO, "dev", credentials("ASIAONE", UNTIL), null);
    write("garbage");
    Files.writeString(directory(context, TWO).resolve(".atmos-1.tmp"), CANARY);
    assertThat(files.items()).extracting(StoredItem.Role::fingerprint).containsExactly(ONE, TWO);
    assertThat(files.delete(TWO)).isTrue();
    assertThat(files.delete(ONE)).isTrue();
    assertThat(Stores.files(roles)).isEmpty();
  }

  @Test
  void process_withoutAHome_keepsNothing() {
    RoleCredentialFiles homeless =
        new RoleCredentialFiles(new FakeServices(FakeFiles.unix().withoutHome()));
    homeless.write(ONE, "dev", credentials("ASIAONE", UNTIL), null);
    assertThat(homeless.read(ONE)).isEmpty();
    assertThat(homeless.items()).isEmpty();
    assertThat(homeless.delete(ONE)).isFalse();
  }

  @Provide
  Arbitrary<String> words() {
    // What AWS makes them of: Base64.
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("+/=_-")
        .ofMinLength(1)
        .ofMaxLength(40);
  }

  /** Whatever AWS issues, its own SDK reads the same out of these files. */
  @Property(tries = 300)
  void credentials_ofAnyCharacters_comeBack_forTheSdkToo(
      @ForAll("words") String keyId, @ForAll("words") String secret, @ForAll("words") String token)
      throws IOException {
    FakeServices world = new FakeServices();
    RoleCredentialFiles kept = new RoleCredentialFiles(world);
    String name = ProfileNames.of("acme prod/Admin");
    AwsCredentials written = AwsCredentials.of(keyId, Secret.of(secret), Secret.of(token), UNTIL);
    kept.write(ONE, name, written, "eu-west-1");
    assertThat(kept.read(ONE)).contains(written);
    ProfileFile sdk =
        ProfileFile.builder()
            .content(Files.newInputStream(directory(world, ONE).resolve("credentials")))
            .type(ProfileFile.Type.CREDENTIALS)
            .build();
    assertThat(sdk.profile(name).orElseThrow().properties())
        .containsEntry("aws_access_key_id", keyId)
        .containsEntry("aws_secret_access_key", secret)
        .containsEntry("aws_session_token", token);
  }

  @Property(tries = 1000)
  void file_ofAnyText_isReadOrRefused_andNeverFailsOtherwise(@ForAll String text)
      throws IOException {
    FakeServices world = new FakeServices();
    RoleCredentialFiles kept = new RoleCredentialFiles(world);
    Path file = Files.createDirectories(directory(world, ONE)).resolve("credentials");
    for (String content : List.of(text, WHOLE + text)) {
      Files.writeString(file, content);
      try {
        assertThat(kept.read(ONE).isPresent()).isEqualTo(!content.isEmpty());
      } catch (AtmosException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(e.sentence())
            .matches("the credentials in .*/credentials can't be used: [a-z_ ]+");
      }
      assertThat(kept.items()).hasSize(1);
    }
  }

  @Test
  void whatWasMadeWithCredentials_goesWithThem() {
    files.write(ONE, "dev", credentials("ASIAONE", UNTIL), null);
    files.writeDerived(ONE, "ecr-us-east-2", Secret.of("x\n"));

    assertThat(files.derived(ONE, "ecr-us-east-2")).contains(Secret.of("x\n"));
    assertThat(files.derived(ONE, "ecr-public")).isEmpty();
    assertThat(files.derived(TWO, "ecr-us-east-2")).isEmpty();
    assertThat(files.read(ONE)).isPresent();
    assertThat(files.delete(ONE)).isTrue();
    assertThat(files.derived(ONE, "ecr-us-east-2")).isEmpty();
    assertThat(file().resolveSibling("")).doesNotExist();
  }

  @Test
  void secrets_whereTheStoreForgets_areNotKept() {
    for (String type : List.of("none", "memory", "plain", "system")) {
      context.environment().set("ATMOS_KEYRING_TYPE", type);
      assertThat(files.keepsDerived()).as(type).isEqualTo(type.matches("plain|system"));
    }
  }
}
