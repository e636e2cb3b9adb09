package dev.atmos.cli.bootstrap.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The four functions of {@code advapi32.dll} as native functions of this machine. They read and
 * write CREDENTIALW at the offsets that a 64-bit compiler for Windows gives its fields: Type 4,
 * TargetName 8, CredentialBlobSize 32, CredentialBlob 40, Persist 48, 80 bytes in all. A failure's
 * code is in {@code errno}, because only Windows has a GetLastError.
 */
@SuppressWarnings("restricted")
final class FakeAdvapi implements SymbolLookup {
  static final String ERROR = "errno";

  private static final Linker LINKER = Linker.nativeLinker();
  private static final int MOST_BYTES = 5 * 512;

  private final Arena arena;
  private final Map<String, MemorySegment> functions = new HashMap<>();
  private final Map<String, byte[]> blobs = new LinkedHashMap<>();
  private final List<MemorySegment> written = new ArrayList<>();
  private final List<MemorySegment> given = new ArrayList<>();
  private int failsWith;

  FakeAdvapi(Arena arena) {
    this.arena = arena;
    function(
        "credRead",
        "CredReadW",
        int.class,
        MemorySegment.class,
        int.class,
        int.class,
        MemorySegment.class);
    function("credWrite", "CredWriteW", int.class, MemorySegment.class, int.class);
    function("credDelete", "CredDeleteW", int.class, MemorySegment.class, int.class, int.class);
    function("credFree", "CredFree", void.class, MemorySegment.class);
  }

  void failsWith(int code) {
    failsWith = code;
  }

  Map<String, byte[]> blobs() {
    return blobs;
  }

  /** How many answers the caller hasn't freed. */
  int unfreed() {
    return given.size();
  }

  /** Whether a secret is still where it was handed over. */
  boolean hasLeftSecrets() {
    return written.stream()
        .anyMatch(
            blob -> blob.mismatch(MemorySegment.ofArray(new byte[(int) blob.byteSize()])) >= 0);
  }

  @Override
  public Optional<MemorySegment> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  private void function(String method, String name, Class<?> result, Class<?>... parameters) {
    MethodType type = MethodType.methodType(result, parameters);
    ValueLayout[] layouts = new ValueLayout[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      layouts[i] = parameters[i] == int.class ? JAVA_INT : ADDRESS;
    }
    try {
      MethodHandle handle = MethodHandles.lookup().bind(this, method, type);
      functions.put(
          name,
          LINKER.upcallStub(
              handle,
              result == void.class
                  ? FunctionDescriptor.ofVoid(layouts)
                  : FunctionDescriptor.of(JAVA_INT, layouts),
              arena));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  int credRead(MemorySegment target, int type, int flags, MemorySegment result) throws Throwable {
    byte[] blob = blobs.get(wide(target));
    if (failsWith != 0 || type != 1 || flags != 0 || blob == null) {
      return fail(failsWith == 0 ? 1168 : failsWith);
    }
    MemorySegment credential = arena.allocate(80);
    credential.set(JAVA_INT, 4, type);
    credential.set(JAVA_INT, 32, blob.length);
    credential.set(ADDRESS, 40, arena.allocateFrom(JAVA_BYTE, blob));
    credential.set(JAVA_INT, 48, 2);
    given.add(credential);
    result.reinterpret(8).set(ADDRESS, 0, credential);
    return 1;
  }

  int credWrite(MemorySegment address, int flags) throws Throwable {
    MemorySegment credential = address.reinterpret(80);
    int size = credential.get(JAVA_INT, 32);
    if (failsWith != 0) {
      return fail(failsWith);
    }
    if (flags != 0
        || credential.get(JAVA_INT, 0) != 0
        || credential.get(JAVA_INT, 4) != 1
        || credential.get(JAVA_INT, 48) != 2
        || credential.get(JAVA_INT, 52) != 0) {
      return fail(87);
    }
    if (size > MOST_BYTES) {
      return fail(1783);
    }
    MemorySegment blob = credential.get(ADDRESS, 40).reinterpret(size);
    blobs.put(wide(credential.get(ADDRESS, 8)), blob.toArray(JAVA_BYTE));
    return 1;
  }

  int credDelete(MemorySegment target, int type, int flags) throws Throwable {
    if (failsWith != 0 || type != 1 || flags != 0 || blobs.remove(wide(target)) == null) {
      return fail(failsWith == 0 ? 1168 : failsWith);
    }
    return 1;
  }

  void credFree(MemorySegment credential) {
    MemorySegment known =
        given.stream()
            .filter(each -> each.address() == credential.address())
            .findFirst()
            .orElseThrow();
    written.add(known.get(ADDRESS, 40).reinterpret(known.get(JAVA_INT, 32)));
    given.remove(known);
  }

  private static String wide(MemorySegment text) {
    return text.reinterpret(2 * 300).getString(0, StandardCharsets.UTF_16LE);
  }

  private static int fail(int code) throws Throwable {
    MethodHandle errno =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("__errno_location"), FunctionDescriptor.of(ADDRESS));
    ((MemorySegment) errno.invokeExact()).reinterpret(4).set(JAVA_INT, 0, code);
    return 0;
  }
}
