package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.trust.TrustRecord;
import dev.atmos.cli.config.trust.TrustRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that isn't trusted, as it was read.
 *
 * @param real its real path
 * @param requests the values that need approval, in the order in which they are written
 * @param before what was approved, if it has changed since; null if it was never trusted
 */
public record UntrustedFile(
    ConfigFile file, Path real, List<TrustRequest> requests, @Nullable TrustRecord before) {

  /** The path that it was found by. */
  public Path path() {
    return file.path();
  }

  /** Whether the file was trusted before, and has changed. */
  public boolean wasTrusted() {
    return before != null;
  }

  /** Whether no value was approved at that place. */
  public boolean isNew(TrustRequest request) {
    return before == null || !before.values().containsKey(request.place());
  }

  /** Whether another value was approved at that place. */
  public boolean isChanged(TrustRequest request) {
    return before != null
        && !isNew(request)
        && !request.digest().equals(before.values().get(request.place()));
  }

  /** What is remembered once it is approved: the bytes that were shown. */
  TrustRecord record() {
    return TrustRecord.of(real.toString(), file.bytes(), requests);
  }
}
