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
    return switch (problem) {
      case String p when p.startsWith("found character '\\t(TAB)'") ->
          "a tab where only spaces may stand";
      case String p when p.startsWith("found character ") ->
          "no value begins with this character; a text that does needs quotes around it";
      case String p when p.startsWith("mapping values are not allowed here") ->
          "a ':' that can't stand here; a text with ': ' in it needs quotes around it";
      case String p
          when p.startsWith("mapping keys are not allowed here")
              || p.startsWith("sequence entries are not allowed here") ->
          "a list or a key can't begin here";
      case String p when p.startsWith("could not find expected ':'") ->
          "a key without its ':', or a text whose lines are not indented";
      case String p when p.startsWith("expected <block end>") ->
          "this can't stand here; look at its indentation, and at quotes that end too early";
      case String p when p.startsWith("expected ',' or ']'") ->
          "the '[' is never closed, or a ',' is missing after it";
      case String p when p.startsWith("expected ',' or '}'") ->
          "the '{' is never closed, or a ',' is missing after it";
      case String p when p.startsWith("expected the node content") && p.contains("<stream end>") ->
          "the file ends within a '[' or a '{' that is never closed";
      case String p when p.startsWith("expected the node content") -> "a value is missing here";
      case String p when p.startsWith("expected '<document start>'") ->
          "something follows after the end of the document";
      case String p when p.startsWith("found unexpected ") -> "the quotes are never closed";
      case String p when p.startsWith("found undefined tag handle") || context.endsWith(" a tag") ->
          "not a valid tag; a text that begins with '!' needs quotes around it";
      case String _ when context.endsWith(" an alias") ->
          "not a valid alias; a text that begins with '*' needs quotes around it";
      case String _ when context.endsWith(" an anchor") ->
          "not a valid anchor; a text that begins with '&' needs quotes around it";
      case String _ when context.endsWith(" a double-quoted scalar") ->
          "an unknown '\\' sequence in double quotes; in single quotes a '\\' is itself";
      case String _ when context.endsWith(" a block scalar") -> "not a valid '|' or '>'";
      case String p when p.startsWith("found incompatible YAML document") ->
          "only YAML 1 is supported";
      case String p when context.endsWith(" directive") || p.contains("directive") ->
          "not a valid directive; a text that begins with '%' needs quotes around it";
      default -> UNKNOWN;
    };
  }
}
