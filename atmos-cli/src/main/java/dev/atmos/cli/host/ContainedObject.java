package dev.atmos.cli.host;

import dev.atmos.cli.config.trust.ProtectedSettings;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of a third party's plugin, each call of which goes through the {@linkplain
 * PluginLoader#contain gate}. So do the calls of what it returns, where that is an interface of the
 * API as well: an identity of an identity type, a plan of an integration. What a method returns may
 * not be null, and collections are copied, as a plugin's own could fail at any later time.
 *
 * <p>Grants are passed on as they are: the next step of a plugin's chain may know their class.
 */
final class ContainedObject implements InvocationHandler {
  private static final String API = "dev.atmos.plugin.";

  private final PluginLoader loader;
  private final PluginMetadata plugin;
  private final Class<?> type;
  private final Object guest;
  private final @Nullable PluginContext context;

  private ContainedObject(
      PluginLoader loader,
      PluginMetadata plugin,
      Class<?> type,
      Object guest,
      @Nullable PluginContext context) {
    this.context = context;
    this.loader = loader;
    this.plugin = plugin;
    this.type = type;
    this.guest = guest;
  }

  /** The plugin's object behind the gate. */
  static <T> T of(PluginLoader loader, PluginMetadata plugin, Class<T> type, T guest) {
    return type.cast(proxy(loader, plugin, type, guest, null));
  }

  private static Object proxy(
      PluginLoader loader,
      PluginMetadata plugin,
      Class<?> type,
      Object guest,
      @Nullable PluginContext context) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        new ContainedObject(loader, plugin, type, guest, context));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && isProxyOfThis(arguments[0]);
        case "hashCode" -> hashCode();
        default -> type.getSimpleName() + " of " + plugin;
      };
    }
    if (method.getName().equals("create")
        && proxy instanceof KindType kind
        && arguments != null
        && arguments[0] instanceof ConfigDefinition definition) {
      ProtectedSettings.require(
          kind.schema(),
          ConfigDefinition.fields(definition),
          definition.name(),
          Services.of((PluginContext) arguments[1]).trust());
    }
    return loader.containWithin(
        plugin,
        name(method),
        GuestLimits.of(method, arguments, context),
        () -> checked(method, arguments, called(method, arguments)));
  }

  private boolean isProxyOfThis(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other).equals(this);
  }

  private @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(guest, arguments);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      throw thrown == null ? e : thrown;
    }
  }

  private String name(Method method) {
    return type.getSimpleName() + "." + method.getName();
  }

  private @Nullable Object checked(
      Method method, Object @Nullable [] arguments, @Nullable Object result) {
    Class<?> returned = method.getReturnType();
    if (returned == void.class) {
      return null;
    }
    String what = name(method);
    if (result == null) {
      throw new IllegalStateException(what + " returned null");
    }
    return switch (result) {
      case List<?> list -> List.copyOf(list);
      case Map<?, ?> map -> Map.copyOf(map);
      case Optional<?> optional -> optional.map(value -> checked(what, value));
      default ->
          returned.isInterface() && returned.getName().startsWith(API) && returned != Grant.class
              ? proxy(loader, plugin, returned, result, context(arguments))
              : checked(what, result);
    };
  }

  /** What {@code create} gives the new object; else what this one was created with. */
  private @Nullable PluginContext context(Object @Nullable [] arguments) {
    return arguments != null && arguments[arguments.length - 1] instanceof PluginContext given
        ? given
        : context;
  }

  /** A value that is passed on. A grant is asked once here, where a failure names the plugin. */
  private static Object checked(String what, Object value) {
    if (value instanceof Map<?, ?> map) {
      return Map.copyOf(map);
    }
    if (value instanceof Grant grant) {
      var _ = grant.expiresAt();
      if (isNull(grant.type())) {
        throw new IllegalStateException(what + " returned a grant without a type");
      }
    }
    return value;
  }

  /** A plugin's code may return null, whatever its signature says. */
  private static boolean isNull(@Nullable Object value) {
    return value == null;
  }
}
