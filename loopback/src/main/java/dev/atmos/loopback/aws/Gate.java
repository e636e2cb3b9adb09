package dev.atmos.loopback.aws;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds requests until it is opened. */
public final class Gate implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final Operation operation;
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch opened = new CountDownLatch(1);

  Gate(Operation operation) {
    this.operation = operation;
  }

  Operation operation() {
    return operation;
  }

  void pass() throws InterruptedException {
    arrived.release();
    opened.await();
  }

  /**
   * Waits until as many more requests stand before the gate.
   *
   * @throws IllegalStateException if they don't come within a minute
   */
  public void awaitArrivals(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          count + " requests of " + operation + " did not arrive within a minute");
    }
  }

  /** Lets all of them through, for good. */
  public void open() {
    opened.countDown();
  }

  /** Opens it. */
  @Override
  public void close() {
    open();
  }
}
