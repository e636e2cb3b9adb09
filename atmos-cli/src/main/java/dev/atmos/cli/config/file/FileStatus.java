package dev.atmos.cli.config.file;

/**
 * Whose something in a Unix file system is.
 *
 * @param user the number of its owner: the name could be kept on a server
 * @param mode its type and permissions
 */
public record FileStatus(int user, int mode) {
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether it is a pipe, a socket or a device. */
  public boolean isSpecial() {
    int type = mode & TYPE;
    return type != REGULAR && type != DIRECTORY && type != LINK;
  }
}
