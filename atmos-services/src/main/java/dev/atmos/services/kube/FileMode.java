package dev.atmos.services.kube;

/**
 * The mode that a new file gets, as the nine bits of a POSIX file. Its owner can read and write it,
 * and not everybody can write it: who writes a kubeconfig says what kubectl runs.
 *
 * @param bits from 0600 to 0775
 */
public record FileMode(int bits) {

  /** 0600: nobody but the owner. */
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
    String digits = text;
    if (digits.startsWith("0o")) {
      digits = digits.substring(2);
    } else if (digits.length() == 4 && digits.charAt(0) == '0') {
      digits = digits.substring(1);
    }
    int bits = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '7') {
        throw new IllegalArgumentException("a file mode is written as 0600 is");
      }
      bits = bits * 8 + (digit - '0');
    }
    if (digits.length() != 3) {
      throw new IllegalArgumentException("a file mode is written as 0600 is");
    }
    return new FileMode(bits);
  }

  /** Four octal digits. */
  @Override
  public String toString() {
    String octal = Integer.toOctalString(bits);
    return "0" + octal;
  }
}
