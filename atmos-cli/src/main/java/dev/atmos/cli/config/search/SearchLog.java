package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.TrustState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step of the search with its inner steps. They are added from the highest rank to the lowest,
 * and listed the other way round.
 */
public final class SearchLog {
  private final String place;
  private final Path path;
  private final @Nullable ConfigFile file;
  private final SearchStep.Outcome outcome;
  private final String detail;
  private final List<SearchLog> inside = new ArrayList<>();

  private SearchLog(
      String place,
      Path path,
      @Nullable ConfigFile file,
      SearchStep.Outcome outcome,
      String detail) {
    this.place = place;
    this.path = path;
    this.file = file;
    this.outcome = outcome;
    this.detail = detail;
  }

  /** The whole search. */
  public static SearchLog root(Path workingDirectory) {
    return new SearchLog("", workingDirectory, null, SearchStep.Outcome.MERGED, "");
  }

  /** Adds a merged file. The imports of the file are its inner steps. */
  public SearchLog merged(String name, ConfigFile merged) {
    return add(new SearchLog(name, merged.path(), merged, SearchStep.Outcome.MERGED, ""));
  }

  public void absent(String name, Path missing, String why) {
    add(new SearchLog(name, missing, null, SearchStep.Outcome.ABSENT, why));
  }

  void skipped(String name, Path left, @Nullable ConfigFile leftFile, String why) {
    add(new SearchLog(name, left, leftFile, SearchStep.Outcome.SKIPPED, why));
  }

  /** Moves the steps of another one, which are of a lower rank, into this one. */
  public void addAll(SearchLog lower) {
    inside.addAll(lower.inside);
  }

  private SearchLog add(SearchLog step) {
    inside.add(step);
    return step;
  }

  /** The inner steps, from the lowest rank to the highest, each after its own inner steps. */
  public List<SearchStep> steps(Function<ConfigFile, TrustState> trust) {
    List<SearchStep> steps = new ArrayList<>();
    list(steps, trust, 0);
    return List.copyOf(steps);
  }

  private void list(List<SearchStep> steps, Function<ConfigFile, TrustState> trust, int depth) {
    for (int i = inside.size() - 1; i >= 0; i--) {
      SearchLog step = inside.get(i);
      step.list(steps, trust, depth + 1);
      steps.add(
          new SearchStep(
              step.place,
              step.path,
              step.outcome,
              step.detail,
              depth,
              step.file == null ? TrustState.NONE : trust.apply(step.file)));
    }
  }
}
