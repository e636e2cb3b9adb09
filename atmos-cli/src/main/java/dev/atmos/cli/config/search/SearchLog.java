package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.TrustState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step of the search, with the steps that are a part of it. They are gone from the highest rank
 * to the lowest, and told the other way round.
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

  /** A file is merged; it is the step that what the file takes in is a part of. */
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

  /** The steps inside, from the lowest rank to the highest, each after what it takes in. */
  public List<SearchStep> steps(Function<ConfigFile, TrustState> trust) {
    List<SearchStep> steps = new ArrayList<>();
    tell(steps, trust, 0);
    return List.copyOf(steps);
  }

  private void tell(List<SearchStep> steps, Function<ConfigFile, TrustState> trust, int depth) {
    for (int i = inside.size() - 1; i >= 0; i--) {
      SearchLog step = inside.get(i);
      step.tell(steps, trust, depth + 1);
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
