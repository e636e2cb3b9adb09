package dev.atmos.cli.host;

import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.context.PluginContext;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a call of a third party's plugin may take, as the interfaces of the API say. */
final class GuestLimits {
  /** To describe something: a schema, a description, a plan. No network, and no question. */
  static final Duration TO_ANSWER = Duration.ofSeconds(10);

  private static final Duration TO_ANSWER_LOGOUT = Duration.ofSeconds(3);
  private static final Duration TO_USE_A_STORE = Duration.ofSeconds(3);
  private static final Duration TO_USE_THE_NETWORK = Duration.ofSeconds(60);

  /** A person types, reads a page, looks for a phone. */
  private static final Duration TO_TALK_TO_A_PERSON = Duration.ofHours(1);

  private GuestLimits() {}

  /**
   * The limit of a call.
   *
   * @param context what the object was created with; a store may ask where its terminal is
   *     interactive
   */
  static Duration of(
      Method method, Object @Nullable [] arguments, @Nullable PluginContext context) {
    if (method.getDeclaringClass() == CredentialStore.class) {
      return context != null && context.terminal().isInteractive()
          ? TO_TALK_TO_A_PERSON
          : TO_USE_A_STORE;
    }
    return switch (method.getName()) {
      case "grant" ->
          arguments != null && arguments[0] instanceof StepRequest request
              ? limit(request)
              : TO_USE_THE_NETWORK;
      case "revoke" -> TO_ANSWER_LOGOUT;
      case "externalGrant", "discover", "setUp", "apply" -> TO_USE_THE_NETWORK;
      default -> TO_ANSWER;
    };
  }

  private static Duration limit(StepRequest request) {
    return request.dialog().isPresent() ? TO_TALK_TO_A_PERSON : request.timeLeft();
  }
}
