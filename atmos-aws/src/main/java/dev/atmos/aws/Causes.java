package dev.atmos.aws;

import org.jspecify.annotations.Nullable;

/** Searches an exception and its causes. */
final class Causes {
  private Causes() {}

  /** The first of that type; null for none. */
  static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
