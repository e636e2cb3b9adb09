package dev.atmos.auth.terminal;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Leads a browser to an address that others must not see. All users of a machine see the arguments
 * of its programs, so the browser gets an address on 127.0.0.1, which leads to the other one once.
 */
public final class PrivatePage {
  /** A browser that has to be started takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A browser that runs already opens a page sooner. */
  private static final Duration UNSAID = Duration.ofSeconds(3);

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int PATH_BYTES = 16;

  private PrivatePage() {}

  /**
   * Opens an address, and returns when the browser has it.
   *
   * @param fix the command that leads on if that fails
   * @throws AtmosException with {@link ExitCode#FAILED} if the browser doesn't start, or doesn't
   *     ask for the page
   */
  public static void open(Services services, Browser browser, Secret address, String fix) {
    byte[] random = new byte[PATH_BYTES];
    new SecureRandom().nextBytes(random);
    String path = "/" + HexFormat.of().formatHex(random);
    try (CallbackListener listener = services.network().listen()) {
      String host = "127.0.0.1:" + listener.port();
      if (!browser.open("http://" + host + path)) {
        throw new AtmosException(ExitCode.FAILED, "the browser doesn't start", fix);
      }
      Duration start = services.sleeper().uptime();
      Duration waited = Duration.ZERO;
      boolean said = false;
      boolean saidEnd = false;
      for (; waited.compareTo(PATIENCE) < 0; waited = services.sleeper().uptime().minus(start)) {
        Optional<CallbackRequest> request = listener.next(LOOK);
        if (!said && waited.compareTo(UNSAID) >= 0) {
          said = true;
          services.console().say("Waiting for the browser to open the page, for up to a minute");
        }
        Optional<String> ended = said && !saidEnd ? browser.ended() : Optional.empty();
        if (ended.isPresent()) {
          saidEnd = true;
          services.console().say(ended.get() + "; the page isn't open yet");
        }
        if (request.isPresent() && isOurs(request.get(), host, path)) {
          request.get().redirect(address);
          return;
        }
        request.ifPresent(other -> other.answer(404, ""));
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't listen on 127.0.0.1: " + e.getMessage(), fix, e);
    }
    throw new AtmosException(
        ExitCode.FAILED, "the browser hasn't opened the page within a minute", fix);
  }

  private static boolean isOurs(CallbackRequest request, String host, String path) {
    return request.method().equals("GET")
        && request.host().equals(host)
        && request.target().equals(path);
  }
}
