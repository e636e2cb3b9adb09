package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThreadTasksTest {
  private final ThreadTasks tasks = new ThreadTasks();

  @Test
  void results_ofAll_areInOrder() {
    List<Supplier<Integer>> actions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      actions.add(() -> number);
    }
    assertThat(tasks.all(actions, 3)).hasSize(20).isSorted();
    assertThat(tasks.<Integer>all(List.of(), 3)).isEmpty();
  }

  @Test
  void actions_asManyAsMayRunAtOnce_do() {
    CountDownLatch all = new CountDownLatch(2);
    Supplier<Boolean> meets =
        () -> {
          all.countDown();
          try {
            return all.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(tasks.all(List.of(meets, meets), 2)).containsExactly(true, true);
  }

  @Test
  void failure_ofOne_isThrownWhenAllHaveEnded() {
    AtomicInteger done = new AtomicInteger();
    assertThatThrownBy(() ->
            tasks.all(
                List.<Supplier<Integer>>of(
                    () -> {
                      throw new IllegalStateException("first");
                    },
                    () -> {
                      throw new IllegalStateException("second");
                    },
                    done::incrementAndGet),
                1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("first");
    assertThat(done).hasValue(1);
  }
}
