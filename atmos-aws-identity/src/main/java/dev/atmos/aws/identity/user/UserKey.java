package dev.atmos.aws.identity.user;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user's own key, with which a session is made and roles are assumed. */
public final class UserKey implements Grant {
  private final Definition definition;
  private final AwsCredentials key;
  private final @Nullable MfaCodes codes;

  /**
   * @param codes those of the user's MFA device; null for a user without one
   */
  UserKey(Definition definition, AwsCredentials key, @Nullable MfaCodes codes) {
    this.definition = definition;
    this.key = key;
    this.codes = codes;
  }

  @Override
  public String type() {
    return "aws/key";
  }

  @Override
  public @Nullable Instant expiresAt() {
    return null;
  }

  /** The key itself. */
  public AwsCredentials key() {
    return key;
  }

  /** The MFA device; null for a user without one. */
  public @Nullable String device() {
    return codes == null ? null : codes.device();
  }

  /**
   * Makes a call that is signed with the key.
   *
   * @param call gets a code of the MFA device; null if the user has none. Fails with a {@link
   *     GrantRefusedException} if AWS doesn't accept the key
   */
  public AwsCredentials withCode(
      StepRequest request, Function<@Nullable Secret, AwsCredentials> call) {
    MfaCodes device = codes;
    return withoutCode(
        device == null
            ? () -> call.apply(null)
            : () -> device.withCode(request, code -> call.apply(code)));
  }

  /** Makes a call that takes no code, and is signed with the key. */
  public AwsCredentials withoutCode(Supplier<AwsCredentials> call) {
    try {
      return call.get();
    } catch (GrantRefusedException e) {
      boolean stored = !definition.has(UserIdentityType.KEY_ID);
      String place =
          stored
              ? "the stored access key " + key.accessKeyId()
              : "the access key at " + definition.position(UserIdentityType.KEY_ID);
      String name = definition.name();
      throw new AtmosException(
          ExitCode.DENIED,
          "AWS refuses "
              + place
              + " of identity "
              + DisplayNames.quoted(name)
              + ": "
              + e.sentence(),
          stored
              ? "run: atmos auth user configure " + ShellQuoting.word(name)
              : "correct it there, or make a new one in the console of IAM",
          e);
    }
  }
}
