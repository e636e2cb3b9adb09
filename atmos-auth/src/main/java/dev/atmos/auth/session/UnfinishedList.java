package dev.atmos.auth.session;

import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.services.Services;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of what a provider offers, as far as it has come. It is kept in a file, so that the next
 * sign-in goes on where this one was interrupted. The file has a line for each part: words with
 * blanks between them, encoded as in a URL's query.
 */
final class UnfinishedList implements Provider.Parts {
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  /** How much work an end without warning may cost. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Services services;
  private final Path file;
  private final String fingerprint;
  private final Map<String, List<DiscoveredIdentity>> parts = new LinkedHashMap<>();
  private Instant begun;
  private Duration saved;
  private int expected;

  private UnfinishedList(Services services, Path file, String fingerprint) {
    this.services = services;
    this.file = file;
    this.fingerprint = fingerprint;
    this.begun = services.clock().instant();
    this.saved = services.sleeper().uptime();
  }

  /** A new list. */
  static UnfinishedList begun(Services services, Path file, String fingerprint) {
    return new UnfinishedList(services, file, fingerprint);
  }

  /** The list that the file has of that definition, if it is younger than that; else a new one. */
  static UnfinishedList resumed(
      Services services, Path file, String fingerprint, Duration youngerThan) {
    UnfinishedList list = begun(services, file, fingerprint);
    try {
      String text =
          services
              .privateFiles()
              .read(file, MOST_BYTES)
              .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
              .orElse("");
      list.read(text, youngerThan);
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      // Nothing is lost but time.
      return begun(services, file, fingerprint);
    }
    return list;
  }

  private void read(String text, Duration youngerThan) {
    List<List<String>> lines = text.lines().map(UnfinishedList::words).toList();
    if (lines.isEmpty() || lines.getFirst().size() != 2) {
      return;
    }
    Instant then = Instant.parse(lines.getFirst().getLast());
    Duration age = Duration.between(then, begun);
    if (!lines.getFirst().getFirst().equals(fingerprint)
        || age.isNegative()
        || age.compareTo(youngerThan) >= 0) {
      return;
    }
    begun = then;
    for (List<String> line : lines.subList(1, lines.size())) {
      List<DiscoveredIdentity> found =
          parts.computeIfAbsent(line.getFirst(), part -> new ArrayList<>());
      if (line.size() > 2) {
        DiscoveredIdentity identity = DiscoveredIdentity.of(line.get(1), line.get(2));
        for (int i = 3; i + 1 < line.size(); i += 2) {
          identity = identity.with(line.get(i), line.get(i + 1));
        }
        found.add(identity);
      }
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(URLDecoder.decode(word, StandardCharsets.UTF_8));
    }
    return words;
  }

  @Override
  public synchronized void expect(int count) {
    expected = count;
  }

  @Override
  public synchronized Optional<List<DiscoveredIdentity>> known(String part) {
    return Optional.ofNullable(parts.get(part)).map(List::copyOf);
  }

  @Override
  public synchronized void found(String part, List<DiscoveredIdentity> identities) {
    parts.put(part, List.copyOf(identities));
    Duration now = services.sleeper().uptime();
    if (now.minus(saved).compareTo(INTERVAL) > 0) {
      save();
    }
  }

  /** How many parts are known. */
  synchronized int done() {
    return parts.size();
  }

  /** How many parts there are; 0 where that isn't known yet. */
  synchronized int expected() {
    return expected;
  }

  /** Writes down what is known. If that fails, the next list begins at the beginning. */
  synchronized void save() {
    saved = services.sleeper().uptime();
    if (parts.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    line(text, List.of(fingerprint, begun.toString()));
    parts.forEach((part, identities) -> {
      line(text, List.of(part));
      for (DiscoveredIdentity each : identities) {
        List<String> words = new ArrayList<>(List.of(part, each.name(), each.kind()));
        each.fields().forEach((path, value) -> words.addAll(List.of(path, value)));
        line(text, words);
      }
    });
    try {
      services.privateFiles().write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      services.console().debug("can't write " + file + ": " + e.getMessage());
    }
  }

  private static void line(StringBuilder text, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      text.append(i == 0 ? "" : " ")
          .append(URLEncoder.encode(words.get(i), StandardCharsets.UTF_8));
    }
    text.append('\n');
  }
}
