package dev.atmos.services.testing;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A listener that gets the requests of a test. While it waits for one in vain, time passes for a
 * {@link FakeSleeper}.
 */
public final class FakeCallbackListener implements CallbackListener {
  private final FakeSleeper sleeper;
  private final Queue<Sent> requests = new ArrayDeque<>();
  private final List<Sent> all = new ArrayList<>();
  private boolean closed;

  FakeCallbackListener(FakeSleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** A request that a test has sent, and what came back. */
  public static final class Sent implements CallbackRequest {
    private final String method;
    private final String target;
    private final String host;
    private int status;
    private @Nullable String page;

    private Sent(String method, String target, String host) {
      this.method = method;
      this.target = target;
      this.host = host;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public void answer(int code, String html) {
      if (page != null) {
        throw new AssertionError("answered twice: " + target);
      }
      status = code;
      page = html;
    }

    @Override
    public Secret authorization() {
      return Secret.of("");
    }

    @Override
    public void answerJson(int code, Secret json) {
      answer(code, json.reveal());
    }

    @Override
    public void redirect(Secret address) {
      answer(302, address.reveal());
    }

    /** The status of the answer; 0 if there is none. */
    public int status() {
      return status;
    }

    /** The page of the answer, or where it leads to; empty if there is none. */
    public String page() {
      return page == null ? "" : page;
    }
  }

  /** Sends a request. */
  public Sent send(String method, String target, String host) {
    Sent sent = new Sent(method, target, host);
    requests.add(sent);
    all.add(sent);
    return sent;
  }

  /** Sends what a browser sends that is led to an address here. */
  public Sent get(String target) {
    return send("GET", target, "127.0.0.1:" + port());
  }

  /** Everything that was sent. */
  public List<Sent> all() {
    return List.copyOf(all);
  }

  /** Whether the port is free again. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public int port() {
    return 5555;
  }

  @Override
  public Optional<CallbackRequest> next(Duration wait) {
    if (requests.isEmpty() && wait.isPositive()) {
      sleeper.pause(wait);
    }
    return Optional.ofNullable(requests.poll());
  }

  @Override
  public void close() {
    closed = true;
  }
}
