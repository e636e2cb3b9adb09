package dev.atmos.kubeconfig.yaml;

import dev.atmos.text.Utf8;
import dev.atmos.text.yaml.InMemoryStreamReader;
import dev.atmos.text.yaml.YamlSyntaxErrors;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * The first document of a text, as a tree that knows where each part of it stands. Further
 * documents are left alone: kubectl doesn't read them either.
 */
public final class YamlDocument {
  private static final int DEEPEST = 100;

  private final String source;
  private final String text;
  private final LineIndex lines;
  private final ParserImpl parser;
  private final InMemoryStreamReader reader;
  private final Map<String, @Nullable YamlNode> anchors = new HashMap<>();
  private @Nullable YamlNode root;
  private int end;

  private YamlDocument(String source, String text, String parsed) throws BrokenFileException {
    this.source = source;
    this.text = text;
    this.lines = new LineIndex(text);
    this.reader = InMemoryStreamReader.byChars(parsed);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(reader, options);
    read();
  }

  /**
   * Parses a text.
   *
   * @param source the text's name in messages
   * @throws BrokenFileException if it isn't YAML
   */
  public static YamlDocument parse(String source, String text) throws BrokenFileException {
    try {
      return new YamlDocument(source, text, text);
    } catch (BrokenFileException e) {
      String withoutTabs = separatingTabsAsSpaces(text);
      if (withoutTabs.equals(text)) {
        throw e;
      }
      return new YamlDocument(source, text, withoutTabs);
    }
  }

  /** UTF-8, or the UTF-16 that a byte order mark announces, as PowerShell writes it. */
  public static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    return mark == 0xFEFF
        ? StandardCharsets.UTF_16BE
        : mark == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }

  /**
   * Decodes a file by its {@link #charset}; a byte order mark stays the first character.
   *
   * @throws BrokenFileException if it isn't in that, or holds what YAML doesn't allow
   */
  public static String decode(String source, byte[] bytes) throws BrokenFileException {
    Utf8 decoded = Utf8.decode(utf8(bytes));
    String text =
        decoded.hasByteOrderMark() ? LineIndex.BYTE_ORDER_MARK + decoded.text() : decoded.text();
    String problem = decoded.problem();
    if (problem != null) {
      LineIndex lines = new LineIndex(text);
      int place =
          text.offsetByCodePoints(decoded.hasByteOrderMark() ? 1 : 0, decoded.problemIndex());
      throw new BrokenFileException(
          source, lines.lineNumber(place), lines.columnNumber(place), problem);
    }
    return text;
  }

  /** In UTF-8, unless the bytes aren't in the UTF-16 that they announce. */
  private static byte[] utf8(byte[] bytes) {
    Charset charset = charset(bytes);
    if (charset.equals(StandardCharsets.UTF_8)) {
      return bytes;
    }
    String text = new String(bytes, charset);
    boolean lossless = Arrays.equals(text.getBytes(charset), bytes);
    return lossless ? text.getBytes(StandardCharsets.UTF_8) : bytes;
  }

  /**
   * In YAML, a tab may separate two tokens, but not indent a line. SnakeYAML accepts it nowhere.
   * The text keeps its length, and a value that holds tabs is only ever compared with itself.
   */
  private static String separatingTabsAsSpaces(String text) {
    StringBuilder changed = new StringBuilder(text);
    LineIndex lines = new LineIndex(text);
    for (int start = 0; start < text.length(); start = lines.next(start)) {
      int end = lines.endOf(start);
      boolean blank = text.substring(start, end).isBlank();
      boolean content = false;
      for (int i = start; i < end; i++) {
        char c = text.charAt(i);
        if (c == '\t' && (content || blank)) {
          changed.setCharAt(i, ' ');
        }
        content |= c != ' ' && c != '\t';
      }
    }
    return changed.toString();
  }

  String source() {
    return source;
  }

  String text() {
    return text;
  }

  LineIndex lines() {
    return lines;
  }

  /** The document's value; null if it is empty. */
  public @Nullable YamlNode root() {
    return root;
  }

  /** Where the document's lines end: lines that are inserted there belong to it. */
  int end() {
    return end;
  }

  /** An error at a node. */
  public BrokenFileException error(YamlNode node, String problem) {
    return error(Math.max(node.start, 0), problem);
  }

  /** An error at a place in the text. */
  BrokenFileException error(int place, String problem) {
    return new BrokenFileException(
        source, lines.lineNumber(place), lines.columnNumber(place), problem);
  }

  private void read() throws BrokenFileException {
    if (!text.isEmpty() && text.charAt(0) == LineIndex.BYTE_ORDER_MARK) {
      reader.forward();
    }
    next(); // the stream begins
    Event document = next();
    end = text.length();
    if (document instanceof StreamEndEvent) {
      return;
    }
    YamlNode node = node(next(), 0);
    // Without an explicit end, the mark of the document's end is that of the next token. Whether
    // that begins another document only shows when the parser is asked for it.
    Event last = next();
    next();
    int place = last.getStartMark().getIndex();
    end = place < text.length() ? lines.startOf(place) : place;
    root =
        node instanceof YamlNode.Scalar scalar && scalar.isNull() && scalar.value.isEmpty()
            ? null
            : node;
  }

  private YamlNode node(Event event, int depth) throws BrokenFileException {
    int start = start(event);
    if (event instanceof AliasEvent alias) {
      YamlNode target = anchors.get(alias.getAnchor());
      if (target == null) {
        throw error(start, "an alias without an anchor, or inside the node that it refers to");
      }
      target.referenced = true;
      return new YamlNode.Alias(start, end(event), alias.getAnchor(), target);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, null);
    }
    YamlNode node = content(event, start, depth);
    if (anchor != null) {
      node.anchor = anchor;
      anchors.put(anchor, node);
    }
    return node;
  }

  private YamlNode child(Event event, YamlNode parent, int depth) throws BrokenFileException {
    YamlNode child = node(event, depth + 1);
    child.parent = parent;
    child.depth = depth + 1;
    return child;
  }

  private YamlNode content(Event event, int start, int depth) throws BrokenFileException {
    if (depth > DEEPEST) {
      throw error(start, "nested deeper than " + DEEPEST + " levels, which is the limit");
    }
    if (event instanceof ScalarEvent scalar) {
      YamlNode node = new YamlNode.Scalar(start, end(event), scalar.getValue(), scalar.isPlain());
      node.tag = scalar.getTag();
      return node;
    }
    return event instanceof SequenceStartEvent sequence
        ? sequence(sequence, start, depth)
        : mapping((MappingStartEvent) event, start, depth);
  }

  private YamlNode sequence(SequenceStartEvent event, int start, int depth)
      throws BrokenFileException {
    YamlNode.Sequence sequence = new YamlNode.Sequence(start, end(event), event.isFlow());
    sequence.tag = event.getTag();
    Event next = next();
    while (!(next instanceof SequenceEndEvent)) {
      YamlNode item = child(next, sequence, depth);
      sequence.parts.add(item);
      sequence.end = item.end;
      next = next();
    }
    if (sequence.flow) {
      sequence.end = end(next);
    }
    return sequence;
  }

  private YamlNode mapping(MappingStartEvent event, int start, int depth)
      throws BrokenFileException {
    YamlNode.Mapping mapping = new YamlNode.Mapping(start, end(event), event.isFlow());
    mapping.tag = event.getTag();
    Set<String> keys = new HashSet<>();
    Event next = next();
    while (!(next instanceof MappingEndEvent)) {
      YamlNode key = child(next, mapping, depth);
      if (key instanceof YamlNode.Scalar scalar && !keys.add(scalar.value)) {
        throw error(key.start, "this key is there twice");
      }
      YamlNode value = child(next(), mapping, depth);
      mapping.parts.add(new YamlNode.Pair(key, value));
      mapping.end = value.end;
      next = next();
    }
    if (mapping.flow) {
      mapping.end = end(next);
    }
    return mapping;
  }

  private Event next() throws BrokenFileException {
    try {
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      // Not passed on as the cause: its message may quote the file.
      Mark mark = YamlSyntaxErrors.mark(e);
      throw error(
          mark == null ? reader.getIndex() : Math.min(mark.getIndex(), text.length()),
          YamlSyntaxErrors.sentence(e));
    } catch (RuntimeException e) {
      // The parser has defects, such as a NumberFormatException.
      throw error(Math.min(reader.getIndex(), text.length()), YamlSyntaxErrors.UNKNOWN);
    }
  }

  private static int start(Event event) {
    return event.getStartMark().getIndex();
  }

  private static int end(Event event) {
    return event.getEndMark().getIndex();
  }
}
