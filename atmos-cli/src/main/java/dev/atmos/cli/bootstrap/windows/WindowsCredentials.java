package dev.atmos.cli.bootstrap.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.GenericCredentials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The functions of {@code wincred.h} on 64-bit Windows. An item is bound to this user and this
 * machine, and no roaming profile takes it elsewhere.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/wincred/">wincred.h</a>
 */
// What is read by an address has the length that Windows says it has.
@SuppressWarnings("restricted")
public final class WindowsCredentials implements GenericCredentials {
  private static final int CRED_TYPE_GENERIC = 1;
  private static final int CRED_PERSIST_LOCAL_MACHINE = 2;

  // winerror.h
  private static final int ERROR_NOT_FOUND = 1168;
  private static final int ERROR_NO_SUCH_LOGON_SESSION = 1312;

  /** The struct CREDENTIALW. */
  private static final StructLayout CREDENTIAL =
      MemoryLayout.structLayout(
          JAVA_INT.withName("Flags"),
          JAVA_INT.withName("Type"),
          ADDRESS.withName("TargetName"),
          ADDRESS.withName("Comment"),
          JAVA_INT.withName("LastWrittenLow"),
          JAVA_INT.withName("LastWrittenHigh"),
          JAVA_INT.withName("CredentialBlobSize"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("CredentialBlob"),
          JAVA_INT.withName("Persist"),
          JAVA_INT.withName("AttributeCount"),
          ADDRESS.withName("Attributes"),
          ADDRESS.withName("TargetAlias"),
          ADDRESS.withName("UserName"));

  private static final long TYPE = offset("Type");
  private static final long TARGET_NAME = offset("TargetName");
  private static final long BLOB_SIZE = offset("CredentialBlobSize");
  private static final long BLOB = offset("CredentialBlob");
  private static final long PERSIST = offset("Persist");

  private final StructLayout errors = Linker.Option.captureStateLayout();
  private final String error;
  private final MethodHandle credRead;
  private final MethodHandle credWrite;
  private final MethodHandle credDelete;
  private final MethodHandle credFree;

  /**
   * @param library where the functions are
   * @param error where the system keeps the code of a failure, as {@link Linker.Option} names it
   */
  WindowsCredentials(SymbolLookup library, String error) {
    Linker linker = Linker.nativeLinker();
    Linker.Option keep = Linker.Option.captureCallState(error);
    this.error = error;
    credRead =
        linker.downcallHandle(
            library.findOrThrow("CredReadW"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
            keep);
    credWrite =
        linker.downcallHandle(
            library.findOrThrow("CredWriteW"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            keep);
    credDelete =
        linker.downcallHandle(
            library.findOrThrow("CredDeleteW"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            keep);
    credFree =
        linker.downcallHandle(library.findOrThrow("CredFree"), FunctionDescriptor.ofVoid(ADDRESS));
  }

  /** Those of this machine. */
  public static WindowsCredentials ofThisMachine() {
    // Windows takes a library that it lists as its own from its own directory only.
    return new WindowsCredentials(
        SymbolLookup.libraryLookup("advapi32", Arena.global()), "GetLastError");
  }

  @Override
  public Optional<Secret> read(String target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment failure = arena.allocate(errors);
      MemorySegment found = arena.allocate(ADDRESS);
      if ((int) credRead.invokeExact(failure, wide(arena, target), CRED_TYPE_GENERIC, 0, found)
          == 0) {
        requireNotFound(failure);
        return Optional.empty();
      }
      MemorySegment address = found.get(ADDRESS, 0);
      MemorySegment credential = address.reinterpret(CREDENTIAL.byteSize());
      int size = credential.get(JAVA_INT, BLOB_SIZE);
      MemorySegment blob = credential.get(ADDRESS, BLOB).reinterpret(size);
      byte[] bytes = blob.toArray(JAVA_BYTE);
      blob.fill((byte) 0);
      credFree.invokeExact(address);
      Secret secret = Secret.of(new String(bytes, StandardCharsets.UTF_8));
      Arrays.fill(bytes, (byte) 0);
      return Optional.of(secret);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public void write(String target, Secret secret) throws IOException {
    byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment blob = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment credential = arena.allocate(CREDENTIAL);
      credential.set(JAVA_INT, TYPE, CRED_TYPE_GENERIC);
      credential.set(ADDRESS, TARGET_NAME, wide(arena, target));
      credential.set(JAVA_INT, BLOB_SIZE, bytes.length);
      credential.set(ADDRESS, BLOB, blob);
      credential.set(JAVA_INT, PERSIST, CRED_PERSIST_LOCAL_MACHINE);
      MemorySegment failure = arena.allocate(errors);
      boolean written = (int) credWrite.invokeExact(failure, credential, 0) != 0;
      blob.fill((byte) 0);
      if (!written) {
        throw refused(code(failure));
      }
    } catch (Throwable e) {
      throw failed(e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void delete(String target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment failure = arena.allocate(errors);
      if ((int) credDelete.invokeExact(failure, wide(arena, target), CRED_TYPE_GENERIC, 0) == 0) {
        requireNotFound(failure);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static long offset(String field) {
    return CREDENTIAL.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  private static MemorySegment wide(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
  }

  private int code(MemorySegment failure) {
    return failure.get(JAVA_INT, errors.byteOffset(MemoryLayout.PathElement.groupElement(error)));
  }

  private void requireNotFound(MemorySegment failure) throws IOException {
    int code = code(failure);
    if (code != ERROR_NOT_FOUND) {
      throw refused(code);
    }
  }

  private static IOException refused(int code) {
    return new IOException(
        code == ERROR_NO_SUCH_LOGON_SESSION
            ? "Windows keeps no credentials for this session, as in one over SSH with a key"
            : "Windows' Credential Manager failed with error " + code);
  }

  /** What a method handle throws is declared as anything. */
  private static IOException failed(Throwable thrown) {
    return switch (thrown) {
      case IOException expected -> expected;
      case RuntimeException bug -> throw bug;
      case Error fatal -> throw fatal;
      default -> new IOException(thrown);
    };
  }
}
