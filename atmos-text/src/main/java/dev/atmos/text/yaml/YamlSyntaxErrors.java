package dev.atmos.text.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says what is wrong with a text that isn't YAML, in sentences of our own: SnakeYAML's quote parts
 * of the text, and these may be a secret.
 */
public final class YamlSyntaxErrors {
  /** For failures of the parser that it doesn't explain. */
  public static final String UNKNOWN = "this is not valid YAML";

  private YamlSyntaxErrors() {}

  /** Where the error is best looked for: an unclosed quote or bracket, where it was opened. */
  public static @Nullable Mark mark(MarkedYAMLException e) {
    String problem = problem(e);
    boolean opened =
        problem.startsWith("could not find expected ':'")
            || problem.startsWith("found unexpected ")
            || problem.startsWith("expected ',' or ");
    Mark opening = opened ? e.getContextMark() : null;
    return opening == null ? e.getProblemMark() : opening;
  }

  /** What is wrong. */
  public static String sentence(MarkedYAMLException e) {
    return sentence(problem(e), e.getContext() == null ? "" : e.getContext());
  }

  private static String problem(MarkedYAMLException e) {
    return e.getProblem() == null ? "" : e.getProblem();
  }

  private static String sentence(String problem, String context) {
    if (problem.startsWith("found character '\\t(TAB)'")) {
      return "a tab where only spaces may stand";
    }
    if (problem.startsWith("found character ")) {
      return "no value begins with this character; a text that does needs quotes around it";
    }
    if (problem.startsWith("mapping values are not allowed here")) {
      return "a ':' that can't stand here; a text with ': ' in it needs quotes around it";
    }
    if (problem.startsWith("mapping keys are not allowed here")
        || problem.startsWith("sequence entries are not allowed here")) {
      return "a list or a key can't begin here";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a key without its ':', or a text whose lines are not indented";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this can't stand here; look at its indentation, and at quotes that end too early";
    }
    if (problem.startsWith("expected ',' or ']'")) {
      return "the '[' is never closed, or a ',' is missing after it";
    }
    if (problem.startsWith("expected ',' or '}'")) {
      return "the '{' is never closed, or a ',' is missing after it";
    }
    if (problem.startsWith("expected the node content") && problem.contains("<stream end>")) {
      return "the file ends within a '[' or a '{' that is never closed";
    }
    if (problem.startsWith("expected the node content")) {
      return "a value is missing here";
    }
    if (problem.startsWith("expected '<document start>'")) {
      return "something follows after the end of the document";
    }
    if (problem.startsWith("found unexpected ")) {
      return "the quotes are never closed";
    }
    if (problem.startsWith("found undefined tag handle") || context.endsWith(" a tag")) {
      return "not a valid tag; a text that begins with '!' needs quotes around it";
    }
    if (context.endsWith(" an alias")) {
      return "not a valid alias; a text that begins with '*' needs quotes around it";
    }
    if (context.endsWith(" an anchor")) {
      return "not a valid anchor; a text that begins with '&' needs quotes around it";
    }
    if (context.endsWith(" a double-quoted scalar")) {
      return "an unknown '\\' sequence in double quotes; in single quotes a '\\' is itself";
    }
    if (context.endsWith(" a block scalar")) {
      return "not a valid '|' or '>'";
    }
    if (problem.startsWith("found incompatible YAML document")) {
      return "only YAML 1 is supported";
    }
    if (context.endsWith(" directive") || problem.contains("directive")) {
      return "not a valid directive; a text that begins with '%' needs quotes around it";
    }
    return UNKNOWN;
  }
}
