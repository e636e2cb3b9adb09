package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A release is signed by a throw-away key, and verified as docs/releases.md has it. */
class ReleaseIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  private static final String KEY = "throw-away@example.invalid";

  /** What a user does, who has the public key in {@code atmos.asc}. */
  private static final String VERIFY =
      """
      gpg --dearmor <atmos.asc >atmos.gpg
      gpgv --keyring ./atmos.gpg SHA256SUMS.asc SHA256SUMS
      sha256sum --check --ignore-missing SHA256SUMS
      """;

  private static Path place = Path.of("");

  @BeforeAll
  static void signs() throws Exception {
    Tools.program("gpg");
    Tools.program("gpgv");
    place = scratch.directory();
    Path release = Files.createDirectory(place.resolve("release"));
    for (String suffix : new String[] {".tar.gz", "-portable.zip"}) {
      Path archive = Product.archive(suffix);
      Files.createSymbolicLink(release.resolve(archive.getFileName()), archive);
    }
    shell("gpg --batch --passphrase '' --quick-generate-key \"$1\" default sign never", KEY)
        .run()
        .succeeded();
    shell("\"$1\" \"$2\" \"$3\"", Path.of("../build/sign-release").toRealPath(), KEY, release)
        .run()
        .succeeded();
    shell("gpg --export --armor \"$1\" >release/atmos.asc", KEY).run().succeeded();
  }

  @AfterAll
  static void endsTheAgent() throws Exception {
    shell("gpgconf --kill all").run();
  }

  private static Launch shell(String line, Object... arguments) throws Exception {
    return Launch.in(place).from(place).shell(line, arguments);
  }

  private static Path copy() throws Exception {
    Path copy = scratch.directory();
    shell("cp -L release/* \"$1\"", copy).run().succeeded();
    return copy;
  }

  private static Outcome verify(Path release) throws Exception {
    return Launch.in(scratch.directory()).from(release).shell("set -e\n" + VERIFY).run();
  }

  @Test
  void release_asItWasSigned_isVerified_asTheDocumentSays() throws Exception {
    assertThat(Files.readString(Path.of("../docs/releases.md"))).contains(VERIFY);
    Outcome outcome = verify(copy()).succeeded();
    assertThat(outcome.stdout())
        .contains(Product.archive(".tar.gz").getFileName() + ": OK")
        .contains(Product.archive("-portable.zip").getFileName() + ": OK");
  }

  @Test
  void release_withAnotherArchive_isRefused() throws Exception {
    Path copy = copy();
    Files.write(
        copy.resolve(Product.archive("-portable.zip").getFileName()),
        new byte[] {0},
        StandardOpenOption.APPEND);
    Outcome outcome = verify(copy);
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.stdout()).contains("-portable.zip: FAILED");
  }

  @Test
  void release_withOtherSums_isRefused() throws Exception {
    Path copy = copy();
    Path sums = copy.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{8}", "00000000"));
    Outcome outcome = verify(copy);
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.stderr()).contains("BAD signature");
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void release_byAnotherKey_isRefused() throws Exception {
    Path copy = copy();
    shell(
            "gpg --batch --passphrase '' --quick-generate-key other@example.invalid default sign"
                + " never && gpg --export --armor other@example.invalid >\"$1\"",
            copy.resolve("atmos.asc"))
        .run()
        .succeeded();
    Outcome outcome = verify(copy);
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void signRelease_withoutArchives_saysWhatMakesThem() throws Exception {
    Path empty = scratch.directory();
    Outcome outcome =
        shell("\"$1\" \"$2\" \"$3\"", Path.of("../build/sign-release").toRealPath(), KEY, empty)
            .run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("has no archives; mvn verify makes them");
    assertThat(empty.toFile().list()).isEmpty();
  }
}
