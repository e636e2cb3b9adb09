package dev.atmos.loopback.aws.iam;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An IAM user.
 *
 * @param account twelve digits
 * @param keys its long-lived keys
 * @param mfa its MFA device; null if it has none
 */
public record IamUser(
    Partition partition,
    String account,
    String name,
    List<AccessKey> keys,
    @Nullable MfaDevice mfa) {

  /** Copies the keys. */
  public IamUser {
    keys = List.copyOf(keys);
  }

  /** A user of the partition aws without keys. */
  public static IamUser of(String account, String name) {
    return new IamUser(Partition.AWS, account, name, List.of(), null);
  }

  /** In another partition. */
  public IamUser partition(Partition other) {
    return new IamUser(other, account, name, keys, mfa);
  }

  /** With one more key. */
  public IamUser key(String id, String secret) {
    List<AccessKey> more =
        Stream.concat(keys.stream(), Stream.of(new AccessKey(id, secret))).toList();
    return new IamUser(partition, account, name, more, mfa);
  }

  /** With a virtual MFA device of the user's name, whose codes are made of this seed. */
  public IamUser mfa(String seed) {
    String serial = "arn:" + partition.id() + ":iam::" + account + ":mfa/" + name;
    return new IamUser(partition, account, name, keys, new MfaDevice(serial, seed));
  }

  /** The ARN, such as {@code arn:aws:iam::111122223333:user/alice}. */
  public String arn() {
    return "arn:" + partition.id() + ":iam::" + account + ":user/" + name;
  }
}
