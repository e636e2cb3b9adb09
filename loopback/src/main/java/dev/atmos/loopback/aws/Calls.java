package dev.atmos.loopback.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What came in, and what is to go wrong with what comes next. */
final class Calls {
  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
  private final Map<Operation, Fault> always = new EnumMap<>(Operation.class);
  private final List<Gate> gates = new CopyOnWriteArrayList<>();
  private final List<SeenCall> seen = new CopyOnWriteArrayList<>();
  private volatile Consumer<SeenCall> listener = call -> {};

  /** Counts a request, holds it before its gates, and says what goes wrong with it. */
  Optional<Fault> arrived(Operation operation) throws InterruptedException {
    Optional<Fault> fault = count(operation);
    for (Gate gate : gates) {
      if (gate.operation() == operation) {
        gate.pass();
      }
    }
    return fault;
  }

  private synchronized Optional<Fault> count(Operation operation) {
    counts.merge(operation, 1, Integer::sum);
    Deque<Fault> queue = next.get(operation);
    Fault fault = queue == null ? null : queue.poll();
    return Optional.ofNullable(fault == null ? always.get(operation) : fault);
  }

  synchronized int countOf(Operation operation) {
    return counts.getOrDefault(operation, 0);
  }

  synchronized void failNext(Operation operation, List<Fault> faults) {
    next.computeIfAbsent(operation, any -> new ArrayDeque<>()).addAll(faults);
  }

  synchronized void failAlways(Operation operation, Fault fault) {
    always.put(operation, fault);
  }

  synchronized void heal(Operation operation) {
    next.remove(operation);
    always.remove(operation);
  }

  Gate hold(Operation operation) {
    Gate gate = new Gate(operation);
    gates.add(gate);
    return gate;
  }

  void record(SeenCall call) {
    seen.add(call);
    listener.accept(call);
  }

  List<SeenCall> all() {
    return List.copyOf(seen);
  }

  void listener(Consumer<SeenCall> listener) {
    this.listener = listener;
  }
}
