package dev.atmos.auth.session;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** The person who signs in. */
final class Visitor implements SignInDialog {
  private final List<Page> visited = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final Queue<String> answers = new ArrayDeque<>();
  private Consumer<Page> onVisit = page -> {};
  private int waiting;

  Visitor onVisit(Consumer<Page> action) {
    onVisit = action;
    return this;
  }

  Visitor answers(String... lines) {
    answers.addAll(List.of(lines));
    return this;
  }

  List<Page> visited() {
    return visited;
  }

  List<String> questions() {
    return questions;
  }

  /** How many pages are waited for at this moment. */
  int waiting() {
    return waiting;
  }

  @Override
  public Waiting visit(Page page) {
    visited.add(page);
    waiting++;
    onVisit.accept(page);
    return () -> waiting--;
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    questions.add(question);
    return Optional.ofNullable(answers.poll()).map(Secret::of);
  }
}
