package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.TrustState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the search, at one depth of the files that import each other. They are added from
 * the highest rank to the lowest, and listed the other way round.
 */
public final class SearchLog {
  private final Function<ConfigFile, TrustState> trust;
  private final List<SearchStep> steps;
  private final int depth;

  private SearchLog(Function<ConfigFile, TrustState> trust, List<SearchStep> steps, int depth) {
    this.trust = trust;
    this.steps = steps;
    this.depth = depth;
  }

  /** A log without steps. */
  public SearchLog(Function<ConfigFile, TrustState> trust) {
    this(trust, new ArrayList<>(), 0);
  }

  /** Adds a merged file. The result takes what the file imports. */
  public SearchLog merged(String place, ConfigFile file) {
    add(place, file.path(), file, SearchStep.Outcome.MERGED, "");
    return new SearchLog(trust, steps, depth + 1);
  }

  void absent(String place, Path missing, String why) {
    add(place, missing, null, SearchStep.Outcome.ABSENT, why);
  }

  void skipped(String place, Path left, @Nullable ConfigFile file, String why) {
    add(place, left, file, SearchStep.Outcome.SKIPPED, why);
  }

  private void add(
      String place, Path path, @Nullable ConfigFile file, SearchStep.Outcome outcome, String why) {
    TrustState state = file == null ? TrustState.NONE : trust.apply(file);
    steps.add(new SearchStep(place, path, outcome, why, depth, state));
  }

  /** Another log without steps, for a part of the search that ranks below what is added here. */
  public SearchLog lower() {
    return new SearchLog(trust);
  }

  /** Adds the steps of a lower part. */
  public void addAll(SearchLog lower) {
    steps.addAll(lower.steps);
  }

  /** The steps, from the lowest rank to the highest, each after those of what it imports. */
  public List<SearchStep> steps() {
    return List.copyOf(steps.reversed());
  }
}
