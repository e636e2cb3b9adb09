package dev.atmos.auth.store;

import dev.atmos.services.Services;
import dev.atmos.services.system.InteractiveTerminal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Services without a user: a store that is given them can't ask for a password. */
final class NonInteractiveContext {
  private NonInteractiveContext() {}

  /** The same services, with a terminal that can't be asked. */
  static Services of(Services services) {
    InteractiveTerminal terminal = new UnattendedTerminal();
    return (Services)
        Proxy.newProxyInstance(
            Services.class.getClassLoader(),
            new Class<?>[] {Services.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("terminal")) {
                return terminal;
              }
              try {
                return method.invoke(services, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static final class UnattendedTerminal implements InteractiveTerminal {}
}
