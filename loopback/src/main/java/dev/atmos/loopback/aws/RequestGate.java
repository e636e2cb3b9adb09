package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.protocol.Operation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds the requests of an operation until it is opened. */
public final class RequestGate implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final Operation operation;
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch opened = new CountDownLatch(1);

  RequestGate(Operation operation) {
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
   * Waits until as many more requests have arrived.
   *
   * @throws IllegalStateException if they don't arrive within a minute
   */
  public void awaitArrivals(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          count + " requests of " + operation + " did not arrive within a minute");
    }
  }

  /** Lets all requests through, from now on. */
  public void open() {
    opened.countDown();
  }

  /** Opens it. */
  @Override
  public void close() {
    open();
  }
}
