package dev.atmos.auth;

import dev.atmos.plugin.Service;
import dev.atmos.plugin.testkit.FakeContext;

/** The services of this module that need nothing but a context. */
public final class Services {
  private Services() {}

  /** Gives a context the one of that type that the plugin has. */
  public static <T> void supply(FakeContext context, Class<T> type) {
    for (Service<?> service : new AuthPlugin().services()) {
      if (service.type() == type) {
        context.withService(type, type.cast(service.factory().apply(context)));
      }
    }
  }
}
