package dev.atmos.kubeconfig.yaml;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Parts of a text that are replaced, lines that are added, and lines that are removed. */
final class TextSplices {
  private final YamlDocument document;
  private final String text;
  private final LineIndex lines;
  private final List<Splice> splices = new ArrayList<>();
  private final List<Splice> newLines = new ArrayList<>();

  /** The chars of the lines that are removed. */
  private final BitSet removed = new BitSet();

  /**
   * A part of the text to be replaced.
   *
   * @param depth of two splices at one place, the deeper one comes first
   */
  private record Splice(int start, int end, int depth, Supplier<String> replacement) {}

  TextSplices(YamlDocument document) {
    this.document = document;
    this.text = document.text();
    this.lines = document.lines();
  }

  /** Replaces a part of the text. */
  void replace(int start, int end, int depth, Supplier<String> replacement) {
    splices.add(new Splice(start, end, depth, replacement));
  }

  /**
   * Adds whole lines before the line that begins at a place; the content has no line break at its
   * end.
   */
  void insertLines(int place, int depth, Supplier<String> content) {
    newLines.add(new Splice(place, place, depth, content));
  }

  /** Removes whole lines. */
  void removeLines(int start, int end) {
    removed.set(start, end);
  }

  /**
   * The text after all changes.
   *
   * @throws BrokenFileException if changes overlap
   */
  String apply() throws BrokenFileException {
    int unfinished = spliceRemovedLines();
    for (Splice each : newLines) {
      spliceNewLines(each, unfinished);
    }
    splices.sort(
        Comparator.comparingInt(Splice::start)
            .thenComparingInt(Splice::end)
            .thenComparing(Comparator.comparingInt(Splice::depth).reversed()));
    StringBuilder changed = new StringBuilder(text.length() + 4096);
    int at = 0;
    for (Splice splice : splices) {
      if (splice.start() < at) {
        throw document.error(splice.start(), "two changes overlap here");
      }
      changed.append(text, at, splice.start()).append(splice.replacement().get());
      at = splice.end();
    }
    return changed.append(text, at, text.length()).toString();
  }

  /**
   * Removes lines.
   *
   * @return where a text whose last line has no line break ends without the removed lines; the end
   *     of any other text
   */
  private int spliceRemovedLines() {
    int unfinished = text.length();
    int start = removed.nextSetBit(0);
    while (start >= 0) {
      int end = removed.nextClearBit(start);
      boolean last = lines.isUnfinishedEnd(end);
      unfinished = last ? start : unfinished;
      // If the last line has no line break, the line before had none before this one was added.
      replace(last ? lines.breakBefore(start) : start, end, 0, () -> "");
      start = removed.nextSetBit(end);
    }
    return unfinished;
  }

  private void spliceNewLines(Splice added, int unfinished) {
    Supplier<String> content = added.replacement();
    if (added.start() == unfinished && lines.isUnfinishedEnd(text.length())) {
      int end = unfinished == text.length() ? unfinished : lines.breakBefore(unfinished);
      replace(end, end, added.depth(), () -> lines.newline() + content.get());
    } else {
      replace(added.start(), added.end(), added.depth(), () -> content.get() + lines.newline());
    }
  }
}
