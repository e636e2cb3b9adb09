package dev.atmos.loopback.aws.protocol;

import dev.atmos.loopback.json.JsonObject;

/** Writes the XML of the query protocol: elements of elements, or of text. */
final class XmlWriter {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private XmlWriter() {}

  /** A document from the names and values of its elements; a value is text or elements again. */
  static String document(String name, JsonObject content) {
    StringBuilder out = new StringBuilder("<" + name + " xmlns=\"" + NAMESPACE + "\">\n");
    write(content, out, "  ");
    return out.append("</").append(name).append(">\n").toString();
  }

  private static void write(JsonObject content, StringBuilder out, String indent) {
    content
        .members()
        .forEach((name, value) -> {
          out.append(indent).append('<').append(name).append('>');
          if (value instanceof JsonObject elements) {
            write(elements, out.append('\n'), indent + "  ");
            out.append(indent);
          } else {
            out.append(escaped(String.valueOf(value)));
          }
          out.append("</").append(name).append(">\n");
        });
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
