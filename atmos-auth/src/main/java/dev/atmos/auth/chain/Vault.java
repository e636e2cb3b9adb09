package dev.atmos.auth.chain;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the links of a chain: credentials of identities in files, what providers have
 * made and the state of both in the store of sign-ins.
 */
final class Vault {
  static final String PROVIDER = "provider";
  static final String IDENTITY = "identity";

  private final Services context;
  private final RoleCredentialFiles roles;
  private final SignInState signIns;

  Vault(Services context, RoleCredentialFiles roles, SignInState signIns) {
    this.context = context;
    this.roles = roles;
    this.signIns = signIns;
  }

  /** Under which key something of a link is in the store of sign-ins; null if nothing ever is. */
  static @Nullable CredentialKey key(Chain chain, int index) {
    Fingerprint fingerprint = chain.keptUnder(index);
    if (fingerprint == null) {
      return null;
    }
    return CredentialKey.of(
        chain.link(index).provider() == null ? IDENTITY : PROVIDER, fingerprint.hex());
  }

  /** What a link has made before, be it still good or not; null for nothing. */
  @Nullable Grant grant(Chain chain, int index) {
    Fingerprint fingerprint = chain.keptUnder(index);
    if (fingerprint == null) {
      return null;
    }
    return chain.link(index).provider() == null
        ? role(fingerprint)
        : envelope(chain, index).grant();
  }

  private @Nullable AwsCredentials role(Fingerprint fingerprint) {
    try {
      return roles.read(fingerprint).orElse(null);
    } catch (AtmosException e) {
      // Damaged, and replaced by the next that are made.
      context.console().debug(e.sentence());
      return null;
    }
  }

  /** The state of a link; null for none. */
  @Nullable Secret state(Chain chain, int index) {
    return envelope(chain, index).state();
  }

  /** Keeps what a link has made. */
  void keep(Chain chain, int index, Grant grant) {
    Fingerprint fingerprint = chain.keptUnder(index);
    if (fingerprint == null) {
      return;
    }
    if (chain.link(index).provider() != null) {
      write(chain, index, new Envelope(grant, state(chain, index)));
    } else if (grant instanceof AwsCredentials credentials
        && credentials.sessionToken() != null
        && credentials.expiresAt() != null) {
      roles.write(
          fingerprint,
          ProfileNames.of(chain.link(index).name()),
          credentials,
          chain.region(index).orElse(null));
    }
  }

  /** Keeps the state of a link. */
  void keepState(Chain chain, int index, @Nullable Secret state) {
    Envelope before = envelope(chain, index);
    write(chain, index, new Envelope(before.grant(), state));
  }

  /** Forgets what a link has made, unless it has made something else since; its state stays. */
  void drop(Chain chain, int index, Grant grant) {
    Fingerprint fingerprint = chain.keptUnder(index);
    if (fingerprint == null || !grant.equals(grant(chain, index))) {
      return;
    }
    if (chain.link(index).provider() == null) {
      roles.delete(fingerprint);
    } else {
      write(chain, index, new Envelope(null, state(chain, index)));
    }
  }

  /** The file that who makes a link's grants anew locks meanwhile; null where nothing is kept. */
  @Nullable Path lock(Chain chain, int index) {
    Fingerprint fingerprint = chain.keptUnder(index);
    CredentialKey key = key(chain, index);
    if (fingerprint == null || key == null) {
      return null;
    }
    Optional<Path> lock =
        chain.link(index).provider() == null ? roles.lock(fingerprint) : signIns.lock(key);
    return lock.orElse(null);
  }

  private Envelope envelope(Chain chain, int index) {
    CredentialKey key = key(chain, index);
    if (key == null) {
      return Envelope.EMPTY;
    }
    Optional<Secret> text;
    try {
      text = signIns.read(key);
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.FAILED) {
        // It may be whole, and is not to be replaced.
        throw e;
      }
      context.console().debug(e.sentence());
      return Envelope.EMPTY;
    }
    if (text.isEmpty()) {
      return Envelope.EMPTY;
    }
    Envelope envelope = Envelope.of(text.get());
    if (envelope == null) {
      context.console().debug("what is kept of " + chain.link(index).name() + " can't be read");
      return Envelope.EMPTY;
    }
    return envelope;
  }

  private void write(Chain chain, int index, Envelope envelope) {
    CredentialKey key = key(chain, index);
    if (key != null) {
      signIns.write(key, envelope.text());
    }
  }
}
