package dev.atmos.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How two builds of one commit are compared. */
class CompareArchivesIT {
  @RegisterExtension static final Scratch scratch = new Scratch();

  /** An archive of a jar, a start-up cache and its digest; the jar's mode is of the test. */
  private static Path archive(String jar, String mode, String cache) throws Exception {
    Path place = scratch.directory();
    Launch.write(place.resolve("atmos/lib/a.jar"), jar);
    Launch.write(place.resolve("atmos/lib/a.aot"), cache);
    Launch.write(place.resolve("atmos/lib/a.aot.sha256"), cache.length() + "  a.aot");
    Launch.in(place)
        .from(place)
        .shell(
            "chmod \"$1\" atmos/lib/a.jar && find atmos -exec touch -d 2026-11-24T00:00:00Z {} + &&"
                + " tar -czf atmos.tar.gz atmos",
            mode)
        .run()
        .succeeded();
    return place.resolve("atmos.tar.gz");
  }

  private static Outcome compare(Path one, Path other) throws Exception {
    Path script = Path.of("../build/compare-archives").toRealPath();
    return Launch.in(scratch.directory())
        .command(script.toString(), one.toString(), other.toString())
        .run();
  }

  @Test
  void archives_thatDifferInTheirCachesAlone_areEqual() throws Exception {
    Path archive = archive("jar", "644", "cache");
    assertThat(compare(archive, archive("jar", "644", "other")).succeeded().quiet().stdout())
        .isEqualTo("equal but for the start-up caches\n");
    Path same = Files.copy(archive, archive.resolveSibling("same.tar.gz"));
    assertThat(compare(archive, same).succeeded().quiet().stdout())
        .isEqualTo("equal, byte for byte\n");
  }

  @Test
  void archives_thatDifferInAnythingElse_differ() throws Exception {
    Path archive = archive("jar", "644", "cache");
    Outcome content = compare(archive, archive("Jar", "644", "cache"));
    assertThat(content.exit()).isEqualTo(1);
    assertThat(content.stdout()).contains("atmos/lib/a.jar");
    Outcome mode = compare(archive, archive("jar", "755", "cache"));
    assertThat(mode.exit()).isEqualTo(1);
    assertThat(mode.stdout()).contains("-rwxr-xr-x");
  }
}
