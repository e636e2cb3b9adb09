package dev.atmos.services.testing;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user who signs in: visits pages, and answers questions as a test says. */
public final class FakeSignInDialog implements SignInDialog {
  private final List<Page> visited = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final Queue<String> answers = new ArrayDeque<>();
  private Consumer<Page> onVisit = page -> {};
  private boolean local;
  private boolean prefersCode;
  private Supplier<Optional<String>> configured = Optional::empty;
  private @Nullable String browser;
  private int waiting;

  /** A user who visits every page and answers nothing. */
  public FakeSignInDialog() {}

  /** Sets what the user does on a page. */
  public FakeSignInDialog onVisit(Consumer<Page> action) {
    onVisit = action;
    return this;
  }

  /** Sets whether the user has a browser on this machine. */
  public FakeSignInDialog withLocalBrowser(boolean has) {
    local = has;
    return this;
  }

  /** Has the user ask for a device code: at once, or while a page on this machine is open. */
  public FakeSignInDialog preferringDeviceCode() {
    prefersCode = true;
    return this;
  }

  @Override
  public boolean hasLocalBrowser() {
    browser = configured.get().orElse(null);
    return local;
  }

  @Override
  public FakeSignInDialog withBrowser(Supplier<Optional<String>> command) {
    configured = command;
    return this;
  }

  /** The browser of the configuration; null for none. */
  public @Nullable String browser() {
    return browser;
  }

  @Override
  public boolean prefersDeviceCode() {
    return prefersCode;
  }

  /** Adds answers to the next questions. */
  public FakeSignInDialog answers(String... lines) {
    answers.addAll(List.of(lines));
    return this;
  }

  /** The pages that were visited. */
  public List<Page> visited() {
    return List.copyOf(visited);
  }

  /** The questions that were asked. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  /** How many pages are open at this moment. */
  public int waiting() {
    return waiting;
  }

  @Override
  public Waiting visit(Page page) {
    visited.add(page);
    waiting++;
    onVisit.accept(page);
    return new Waiting() {
      @Override
      public boolean wantsDeviceCode() {
        return prefersCode;
      }

      @Override
      public void close() {
        waiting--;
      }
    };
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    questions.add(question);
    return Optional.ofNullable(answers.poll()).map(Secret::of);
  }
}
