package dev.atmos.auth;

import dev.atmos.services.Service;
import dev.atmos.services.testing.FakeServices;

/** The services of this module that need nothing but a context. */
public final class Services {
  private Services() {}

  /** Gives a context the one of that type that the plugin has. */
  public static <T> void supply(FakeServices context, Class<T> type) {
    for (Service<?> service : new AuthPlugin().services()) {
      if (service.type() == type) {
        context.withService(type, type.cast(service.factory().apply(context)));
      }
    }
  }
}
