package dev.atmos.services.kube;

/**
 * The mode that a new file gets, as the nine bits of a POSIX file. Its owner can read and write it,
 * and other users can't write it: a kubeconfig says what kubectl runs.
 *
 * @param bits from 0600 to 0775
 */
public record FileMode(int bits) {

  /** 0600: the owner only. */
  public static final FileMode PRIVATE = new FileMode(0600);

  /**
   * @throws IllegalArgumentException if it isn't such a mode; the message is a sentence for the
   *     user
   */
  public FileMode {
    if ((bits & ~0777) != 0) {
      throw new IllegalArgumentException("a file mode has nine bits, as 0600 has");
    }
    if ((bits & 0600) != 0600) {
      throw new IllegalArgumentException("the mode has to let the owner read and write the file");
    }
    if ((bits & 0002) != 0) {
      throw new IllegalArgumentException("the mode must not let everybody write the file");
    }
  }

  /**
   * Reads three octal digits, with or without a {@code 0} or {@code 0o} before them.
   *
   * @throws IllegalArgumentException if it is anything else; the message is a sentence for the user
   */
  public static FileMode parse(String text) {
    if (!text.matches("(0|0o)?[0-7]{3}")) {
      throw new IllegalArgumentException("a file mode is written as 0600 is");
    }
    return new FileMode(Integer.parseInt(text.substring(text.length() - 3), 8));
  }

  /** Four octal digits. */
  @Override
  public String toString() {
    return "0" + Integer.toOctalString(bits);
  }
}
