package dev.atmos.kubeconfig.yaml;

import dev.atmos.text.yaml.YamlScalars;
import java.util.List;

/** Writes new nodes of a document. */
final class YamlNodeWriter {
  private final YamlStyle style;
  private final StringBuilder out = new StringBuilder();

  YamlNodeWriter(YamlStyle style) {
    this.style = style;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Writes an item of a list, from its dash on. */
  YamlNodeWriter item(YamlNode item, int column) {
    out.append("- ");
    block(item, column + 2);
    return this;
  }

  /** Writes a pair, from its key on. */
  YamlNodeWriter pair(YamlNode.Pair pair, int column) {
    out.append(YamlScalars.write(((YamlNode.Scalar) pair.key).value)).append(':');
    YamlNode value = pair.value;
    if (value instanceof YamlNode.Mapping mapping && !mapping.pairs.isEmpty()) {
      line(column + style.step());
      block(value, column + style.step());
    } else if (value instanceof YamlNode.Sequence sequence && !sequence.items.isEmpty()) {
      line(column + style.dash());
      block(value, column + style.dash());
    } else {
      out.append(' ');
      flow(value, 0, false);
    }
    return this;
  }

  /** Writes a value in block style; the first line begins at the column already. */
  YamlNodeWriter block(YamlNode value, int column) {
    if (value instanceof YamlNode.Mapping mapping && !mapping.pairs.isEmpty()) {
      for (int i = 0; i < mapping.pairs.size(); i++) {
        if (i > 0) {
          line(column);
        }
        pair(mapping.pairs.get(i), column);
      }
    } else if (value instanceof YamlNode.Sequence sequence && !sequence.items.isEmpty()) {
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
   * Writes a value in flow style, which is JSON as well. A scalar outside of brackets is written as
   * in block style.
   *
   * @param column where the line of the value begins
   */
  YamlNodeWriter flow(YamlNode value, int column, boolean inFlow) {
    if (value instanceof YamlNode.Scalar scalar) {
      out.append(inFlow ? YamlScalars.quote(scalar.value) : YamlScalars.write(scalar.value));
    } else if (value instanceof YamlNode.Mapping mapping) {
      out.append('{');
      List<YamlNode.Pair> pairs = mapping.pairs;
      for (int i = 0; i < pairs.size(); i++) {
        separate(i, column);
        flowPair(pairs.get(i), column + style.step());
      }
      close(pairs.isEmpty(), column).append('}');
    } else if (value instanceof YamlNode.Sequence sequence) {
      out.append('[');
      List<YamlNode> items = sequence.items;
      for (int i = 0; i < items.size(); i++) {
        separate(i, column);
        flow(items.get(i), column + style.step(), true);
      }
      close(items.isEmpty(), column).append(']');
    }
    return this;
  }

  /** Writes a pair in flow style. */
  YamlNodeWriter flowPair(YamlNode.Pair pair, int column) {
    out.append(YamlScalars.quote(((YamlNode.Scalar) pair.key).value))
        .append(':')
        .append(style.space());
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
