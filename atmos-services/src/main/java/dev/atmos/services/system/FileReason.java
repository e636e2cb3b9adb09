package dev.atmos.services.system;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Why a file can't be read or written, as an error says it after the path. */
public final class FileReason {
  /** The reason where the user may not read or write a file, or enter a directory above it. */
  public static final String DENIED = "permission denied";

  private FileReason() {}

  /** The reason, without the path: {@code permission denied}. */
  public static String of(IOException e) {
    String reason = spoken(e);
    boolean capital =
        reason != null
            && reason.length() > 1
            && Character.isUpperCase(reason.charAt(0))
            && Character.isLowerCase(reason.charAt(1));
    if (reason == null || reason.isBlank()) {
      return "the file system refuses it";
    }
    return capital ? Character.toLowerCase(reason.charAt(0)) + reason.substring(1) : reason;
  }

  /**
   * Many exceptions say the path alone, and mean by their class what is wrong with it. No switch: a
   * token asks this for a file that isn't there, and Java makes a class at run time for a switch.
   */
  private static @Nullable String spoken(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return DENIED;
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is something of that name";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the directory isn't empty";
    }
    if (e instanceof FileSystemException system) {
      return system.getReason();
    }
    return e instanceof FileNotFoundException ? inParentheses(e.getMessage()) : e.getMessage();
  }

  /** {@code java.io} says {@code /a/file (Permission denied)}. */
  private static @Nullable String inParentheses(@Nullable String message) {
    return message == null || !message.endsWith(")")
        ? message
        : message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
  }
}
