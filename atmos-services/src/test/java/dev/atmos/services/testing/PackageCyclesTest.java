package dev.atmos.services.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.testkit.FakeContext;
import dev.atmos.services.Services;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageCyclesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(classes = {Plugin.class, FakeContext.class, Services.class})
  void packages_ofTheModule_haveNoCycle(Class<?> member) throws IOException {
    assertThat(PackageCycles.of(member)).isEmpty();
  }

  @Test
  void packages_thatUseEachOther_areACycle() throws IOException {
    write("x.a.One", "x.b.Two");
    write("x.b.Two", "x.c.Three");
    write("x.c.Three", "java.lang.String");

    assertThat(PackageCycles.in(directory)).isEmpty();

    write("x.c.Four", "x.a.One");

    assertThat(PackageCycles.in(directory))
        .containsExactly(
            "x.a -> x.b: x.a.One uses x.b.Two",
            "x.b -> x.c: x.b.Two uses x.c.Three",
            "x.c -> x.a: x.c.Four uses x.a.One");
  }

  /** A class with one field. */
  private void write(String name, String fieldType) throws IOException {
    byte[] code =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                builder -> builder.withField("field", ClassDesc.of(fieldType), 0));
    Path file = directory.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, code);
  }
}
