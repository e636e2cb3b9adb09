package dev.atmos.cli.config.approval;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.trust.TrustRecord;
import dev.atmos.cli.config.trust.TrustRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that isn't trusted, with the values in it that need approval, as it was read. */
public final class UntrustedFile {
  private final Path path;
  private final Path real;
  private final byte[] bytes;
  private final List<TrustRequest> requests;
  private final @Nullable TrustRecord before;

  UntrustedFile(
      ConfigFile file, Path real, List<TrustRequest> requests, @Nullable TrustRecord before) {
    this.path = file.path();
    this.real = real;
    this.bytes = file.bytes();
    this.requests = List.copyOf(requests);
    this.before = before;
  }

  /** The path that it was found by. */
  public Path path() {
    return path;
  }

  Path real() {
    return real;
  }

  /** The values that need approval, in the order in which they are written. */
  public List<TrustRequest> requests() {
    return requests;
  }

  /** Whether the file was trusted before, and has changed. */
  public boolean wasTrusted() {
    return before != null;
  }

  /** Whether no value was approved at that place. */
  public boolean isNew(TrustRequest request) {
    return before == null || before.isNew(request);
  }

  /** Whether another value was approved at that place. */
  public boolean isChanged(TrustRequest request) {
    return before != null && before.isChanged(request);
  }

  /** What is remembered once it is approved: the bytes that were shown. */
  TrustRecord record() {
    return TrustRecord.of(real.toString(), bytes, requests);
  }
}
