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

  /** Writes an item of a list from its dash on, or a pair from its key on. */
  YamlNodeWriter part(YamlPart part, int column) {
    if (!(part instanceof YamlNode.Pair pair)) {
      out.append("- ");
      return block(part.first(), column + 2);
    }
    out.append(YamlScalars.write(((YamlNode.Scalar) pair.key).value)).append(':');
    if (pair.value instanceof YamlNode.Container<?> container && !container.parts.isEmpty()) {
      int inner = column + (container instanceof YamlNode.Sequence ? style.dash() : style.step());
      line(inner);
      return block(container, inner);
    }
    out.append(' ');
    return flow(pair.value, 0, false);
  }

  /** Writes a value in block style; the first line begins at the column already. */
  YamlNodeWriter block(YamlNode value, int column) {
    if (!(value instanceof YamlNode.Container<?> container) || container.parts.isEmpty()) {
      return flow(value, 0, false);
    }
    for (int i = 0; i < container.parts.size(); i++) {
      if (i > 0) {
        line(column);
      }
      part(container.parts.get(i), column);
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
    } else if (value instanceof YamlNode.Container<?> container) {
      List<? extends YamlPart> parts = container.parts;
      out.append(container.brackets.charAt(0));
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        if (style.spacious()) {
          line(column + style.step());
        } else if (i > 0) {
          out.append(style.space());
        }
        flowPart(parts.get(i), column + style.step());
      }
      if (style.spacious() && !parts.isEmpty()) {
        line(column);
      }
      out.append(container.brackets.charAt(1));
    }
    return this;
  }

  /** Writes an item or a pair in flow style. */
  YamlNodeWriter flowPart(YamlPart part, int column) {
    if (part instanceof YamlNode.Pair pair) {
      out.append(YamlScalars.quote(((YamlNode.Scalar) pair.key).value))
          .append(':')
          .append(style.space());
    }
    return flow(part.last(), column, true);
  }

  private void line(int column) {
    out.append(style.newline()).repeat(' ', column);
  }
}
