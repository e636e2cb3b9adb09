package dev.atmos.auth.store;

import static dev.atmos.auth.store.Stores.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.store.keyring.Keyring;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.testing.FakeGenericCredentials;
import dev.atmos.services.testing.FakeServices;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every keyring does. */
class KeyringContractTest {
  private static final String ONE = "0123456789abcdef".repeat(2);
  private static final String OTHER = "fedcba9876543210".repeat(2);

  @Nested
  class OfLinux extends Contract {
    OfLinux() {
      FakeSecretTool.installed(context);
    }
  }

  @Nested
  class OfMacOs extends Contract {
    OfMacOs() {
      FakeSecurityTool.installed(context);
    }
  }

  @Nested
  class OfWindows extends Contract {
    private final FakeGenericCredentials credentials = context.onWindows();

    @Test
    void manager_thatRefuses_isAFailure_whichIsNotSignedOut_andIsNotAskedAgain() {
      Keyring keyring = Keyring.of(context);
      keyring.store(ONE, Secret.of("eA=="));
      credentials.refuses("it says why");
      assertThat(failure(ExitCode.UNAVAILABLE, () -> keyring.lookup(ONE)))
          .contains("does not answer: it says why");
      credentials.refuses(null);
      assertThat(failure(ExitCode.UNAVAILABLE, () -> keyring.lookup(ONE))).contains("it says why");
      assertThat(credentials.secrets()).containsOnlyKeys("dev.atmos:" + ONE);
    }
  }

  abstract static class Contract {
    final FakeServices context = Stores.context();

    /** Another process. */
    private Keyring open() {
      return Keyring.of(context);
    }

    @Test
    void secret_isGivenBack_toEveryProcess() {
      Secret secret = Secret.of("c2VjcmV0IHNlY3JldA==");
      open().store(ONE, secret);
      assertThat(open().lookup(ONE)).isEqualTo(secret);
      assertThat(open().lookup(OTHER)).isNull();
    }

    @Test
    void secret_underTheSameName_takesThePlaceOfTheFirst() {
      open().store(ONE, Secret.of("Zmlyc3Q="));
      open().store(OTHER, Secret.of("b3RoZXI="));
      open().store(ONE, Secret.of("c2Vjb25k"));
      assertThat(open().lookup(ONE)).isEqualTo(Secret.of("c2Vjb25k"));
      assertThat(open().lookup(OTHER)).isEqualTo(Secret.of("b3RoZXI="));
    }

    @Test
    void secret_thatIsCleared_isGone_andClearingNothingIsNoFailure() {
      Keyring keyring = open();
      keyring.clear(ONE);
      keyring.store(ONE, Secret.of("eA=="));
      keyring.clear(ONE);
      assertThat(open().lookup(ONE)).isNull();
      assertThat(keyring.unavailable()).isNull();
    }
  }
}
