package dev.atmos.auth.env;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.services.system.UserFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of variables that belongs to the user. What this writes stands between two lines that say
 * so, and takes the place of what it has written before; all else stays as it is. A file for
 * GitHub's runner is added to, as the runner wants it; one in JSON is written as a whole.
 */
public final class EnvFile {
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final String BEGIN = "atmos auth env: begin";
  private static final String END = "atmos auth env: end";

  private EnvFile() {}

  /**
   * Writes.
   *
   * @param secret whether the text holds a secret; only its owner may read the file then, unless it
   *     is another program's, which atmos only adds to
   * @throws AtmosException with {@link ExitCode#FAILED} if that can't be done
   */
  public static void write(
      Services context, Path file, EnvFormat format, String text, boolean secret) {
    UserFiles files = context.userFiles();
    try {
      if (format.isAppended()) {
        files.append(file, bytes(text));
        return;
      }
      if (secret) {
        files.protect(file);
      }
      if (format.isWhole()) {
        files.replace(file, bytes(text));
        return;
      }
      Optional<byte[]> before = files.read(file, MOST_BYTES);
      String old = before.isEmpty() ? "" : new String(before.get(), StandardCharsets.ISO_8859_1);
      // What isn't ours may be of any encoding: as one character for each byte, it survives.
      String ours = new String(bytes(text), StandardCharsets.ISO_8859_1);
      String changed = replaced(old, format, ours);
      if (!changed.equals(old) || before.isEmpty()) {
        files.replace(file, changed.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.FAILED, "can't write " + file + ": " + FileReason.of(e), null, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String replaced(String old, EnvFormat format, String text) {
    String newline = format == EnvFormat.CMD ? "\r\n" : "\n";
    String begin = format.comment() + BEGIN + newline;
    String end = format.comment() + END + newline;
    String block = begin + text + end;
    int from = old.startsWith(begin) ? 0 : old.indexOf("\n" + begin) + 1;
    boolean there = old.startsWith(begin) || from > 0;
    int to = there ? old.indexOf(end, from + begin.length()) : -1;
    if (to >= 0) {
      return old.substring(0, from) + block + old.substring(to + end.length());
    }
    boolean open = !old.isEmpty() && !old.endsWith("\n");
    return old + (open ? newline : "") + block;
  }
}
