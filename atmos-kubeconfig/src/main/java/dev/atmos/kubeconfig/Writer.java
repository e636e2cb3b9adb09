package dev.atmos.kubeconfig;

import dev.atmos.text.yaml.YamlScalars;
import java.util.List;

/** Writes parts of a document that are new. */
final class Writer {
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  Writer(Style style) {
    this.style = style;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** An item of a list, from its dash on. */
  Writer item(Node item, int column) {
    out.append("- ");
    block(item, column + 2);
    return this;
  }

  /** A pair, from its key on. */
  Writer pair(Node.Pair pair, int column) {
    out.append(YamlScalars.write(((Node.Scalar) pair.key).value)).append(':');
    Node value = pair.value;
    if (value instanceof Node.Mapping mapping && !mapping.pairs.isEmpty()) {
      line(column + style.step());
      block(value, column + style.step());
    } else if (value instanceof Node.Sequence sequence && !sequence.items.isEmpty()) {
      line(column + style.dash());
      block(value, column + style.dash());
    } else {
      out.append(' ');
      flow(value, 0, false);
    }
    return this;
  }

  /** A value whose first line stands at a column already. */
  Writer block(Node value, int column) {
    if (value instanceof Node.Mapping mapping && !mapping.pairs.isEmpty()) {
      for (int i = 0; i < mapping.pairs.size(); i++) {
        if (i > 0) {
          line(column);
        }
        pair(mapping.pairs.get(i), column);
      }
    } else if (value instanceof Node.Sequence sequence && !sequence.items.isEmpty()) {
      for (int i = 0; i < sequence.items.size(); i++) {
        if (i > 0) {
          line(column);
        }
        item(sequence.items.get(i), column);
      }
    } else {
      flow(value, 0, false);
    }
    return this;
  }

  /**
   * A value in braces and brackets, which is JSON as well; a text by itself is as in a block.
   *
   * @param column where the line begins that it is on
   */
  Writer flow(Node value, int column, boolean inFlow) {
    if (value instanceof Node.Scalar scalar) {
      out.append(inFlow ? YamlScalars.quote(scalar.value) : YamlScalars.write(scalar.value));
    } else if (value instanceof Node.Mapping mapping) {
      out.append('{');
      List<Node.Pair> pairs = mapping.pairs;
      for (int i = 0; i < pairs.size(); i++) {
        separate(i, column);
        flowPair(pairs.get(i), column + style.step());
      }
      close(pairs.isEmpty(), column).append('}');
    } else if (value instanceof Node.Sequence sequence) {
      out.append('[');
      List<Node> items = sequence.items;
      for (int i = 0; i < items.size(); i++) {
        separate(i, column);
        flow(items.get(i), column + style.step(), true);
      }
      close(items.isEmpty(), column).append(']');
    }
    return this;
  }

  /** A pair in braces. */
  Writer flowPair(Node.Pair pair, int column) {
    out.append(YamlScalars.quote(((Node.Scalar) pair.key).value)).append(':').append(style.space());
    return flow(pair.value, column, true);
  }

  private void separate(int index, int column) {
    if (index > 0) {
      out.append(',');
    }
    if (style.spacious()) {
      line(column + style.step());
    } else if (index > 0) {
      out.append(style.space());
    }
  }

  private StringBuilder close(boolean empty, int column) {
    if (style.spacious() && !empty) {
      line(column);
    }
    return out;
  }

  private void line(int column) {
    out.append(style.newline());
    for (int i = 0; i < column; i++) {
      out.append(' ');
    }
  }
}
