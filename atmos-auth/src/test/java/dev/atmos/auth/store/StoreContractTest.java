package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialStore;
import dev.atmos.plugin.testkit.CredentialStoreContract;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import org.junit.jupiter.api.Nested;

/** The stores that come with atmos, and the contract of all stores. */
class StoreContractTest {

  @Nested
  class Plain extends CredentialStoreContract {
    private final FakeServices context = Stores.context();

    @Override
    protected CredentialStore open() {
      return Stores.open("plain", context);
    }
  }

  @Nested
  class PlainOnWindows extends CredentialStoreContract {
    private final FakeServices context = Stores.context(FakeFiles.windows());

    @Override
    protected CredentialStore open() {
      return Stores.open("plain", context);
    }
  }

  @Nested
  class UnderAPassword extends CredentialStoreContract {
    private final FakeServices context = Stores.context();

    UnderAPassword() {
      context.environment().set("ATMOS_KEYRING_PASSWORD", "correct horse");
    }

    @Override
    protected CredentialStore open() {
      return Stores.open("file", context);
    }
  }

  @Nested
  class OfTheSystem extends CredentialStoreContract {
    private final FakeServices context = Stores.context();

    OfTheSystem() {
      FakeSecretTool.installed(context);
    }

    @Override
    protected CredentialStore open() {
      return Stores.open("system", context);
    }
  }

  @Nested
  class OfMacOs extends CredentialStoreContract {
    private final FakeServices context = Stores.context();

    OfMacOs() {
      FakeSecurityTool.installed(context);
    }

    @Override
    protected CredentialStore open() {
      return Stores.open("system", context);
    }
  }

  @Nested
  class Memory extends CredentialStoreContract {
    @Override
    protected CredentialStore open() {
      return Stores.open("memory", Stores.context());
    }

    @Override
    protected Keeps keeps() {
      return Keeps.FOR_THE_PROCESS;
    }
  }

  @Nested
  class None extends CredentialStoreContract {
    @Override
    protected CredentialStore open() {
      return Stores.open("none", Stores.context());
    }

    @Override
    protected Keeps keeps() {
      return Keeps.NOTHING;
    }
  }
}
