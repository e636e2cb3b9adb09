package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.terminal.TerminalMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys made of a password, which a variable holds or the user types. The entries of one directory
 * share a salt, so that a process makes only one key.
 */
final class PasswordKeys implements KeySource {
  private static final int SHORTEST = 8;

  private final Services context;
  private final String variable;
  private final Map<KeyDerivation, EntryKey> keys = new HashMap<>();
  private @Nullable Secret password;
  private @Nullable EntryKey last;

  PasswordKeys(Services context, String variable) {
    this.context = context;
    this.variable = variable;
  }

  @Override
  public synchronized EntryKey opening(EncryptedEntry entry) {
    EntryKey key = key(entry.kdf(), false);
    if (entry.isOf(key)) {
      last = key;
    }
    return key;
  }

  @Override
  public synchronized EntryKey sealing(List<EncryptedEntry> others) {
    if (last == null && others.isEmpty()) {
      byte[] salt = EntryKey.randomBytes(KeyDerivation.SALT_BYTES);
      last = key(KeyDerivation.pbkdf2(salt), true);
    } else if (last == null) {
      // One directory, one password: a mistyped one would lock up what it is used for.
      EncryptedEntry other = others.get(0);
      EntryKey key = key(other.kdf(), false);
      if (!other.isOf(key)) {
        throw wrong("the others in its keyring were");
      }
      last = key;
    }
    return last;
  }

  private EntryKey key(KeyDerivation kdf, boolean isNew) {
    if (kdf.isNone()) {
      throw new AtmosException(
          ExitCode.FAILED,
          "a sign-in in the keyring's directory was made without a password",
          StoreFailures.SIGN_IN);
    }
    return keys.computeIfAbsent(kdf, made -> EntryKey.ofPassword(password(isNew), made));
  }

  private Secret password(boolean isNew) {
    if (password == null) {
      Optional<String> value = context.environment().nonEmpty(variable);
      Secret given = value.map(Secret::of).orElseGet(() -> ask(isNew));
      if (given.reveal().codePointCount(0, given.reveal().length()) < SHORTEST) {
        throw new AtmosException(
            ExitCode.USAGE,
            "the keyring's password must have at least " + SHORTEST + " characters",
            value.isPresent() ? "set " + variable + " to a longer one" : null,
            null);
      }
      password = given;
    }
    return password;
  }

  private Secret ask(boolean isNew) {
    if (!TerminalMode.mayAsk(context)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the keyring needs its password, which can't be typed here",
          "set " + variable);
    }
    Secret typed = typed("Password of the keyring: ");
    if (isNew && !typed.equals(typed("Once more: "))) {
      throw new AtmosException(
          ExitCode.USAGE, "the two passwords for the new keyring are not the same");
    }
    return typed;
  }

  private Secret typed(String question) {
    context.console().say(question);
    return context
        .terminal()
        .readSecret()
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE, "no password for the keyring was typed", "or set " + variable));
  }

  @Override
  public AtmosException otherKey(CredentialKey key, EntryFiles files) {
    return wrong(files.path(key) + " was");
  }

  private AtmosException wrong(String what) {
    return new AtmosException(
        ExitCode.USAGE,
        "the keyring's password is not the one that " + what + " made with",
        "set " + variable + " to the right one, or forget what it keeps: atmos auth logout --all");
  }
}
