package dev.atmos.kubeconfig;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says what is wrong with a text that isn't YAML, in sentences of our own: SnakeYAML's quote parts
 * of the text, and these may be a token.
 */
final class SyntaxProblems {
  static final String UNKNOWN = "this isn't valid YAML";

  private SyntaxProblems() {}

  static String sentence(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "" : e.getProblem();
    if (problem.startsWith("found character '\\t(TAB)'")) {
      return "a tab where only spaces may stand";
    }
    if (problem.startsWith("mapping values are not allowed here")) {
      return "a ':' that can't stand here";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a key without its ':'";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this can't stand here, as its indentation is";
    }
    if (problem.startsWith("expected ',' or ")) {
      return "a bracket is never closed, or a ',' is missing";
    }
    if (problem.startsWith("found unexpected end of stream")) {
      return "the quotes are never closed";
    }
    return UNKNOWN;
  }
}
