package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.protocol.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The requests that came in, and the faults and gates of those to come. */
final class RequestLog {
  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
  private final Map<Operation, Fault> always = new EnumMap<>(Operation.class);
  private final List<RequestGate> gates = new CopyOnWriteArrayList<>();
  private final List<RecordedCall> calls = new CopyOnWriteArrayList<>();
  private volatile Consumer<RecordedCall> listener = call -> {};

  /** Counts a request, holds it at its gates, and returns its fault. */
  Optional<Fault> arrived(Operation operation) throws InterruptedException {
    Optional<Fault> fault = count(operation);
    for (RequestGate gate : gates) {
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

  RequestGate hold(Operation operation) {
    RequestGate gate = new RequestGate(operation);
    gates.add(gate);
    return gate;
  }

  void record(RecordedCall call) {
    calls.add(call);
    listener.accept(call);
  }

  List<RecordedCall> all() {
    return List.copyOf(calls);
  }

  void listener(Consumer<RecordedCall> listener) {
    this.listener = listener;
  }
}
