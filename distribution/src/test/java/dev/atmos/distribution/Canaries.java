package dev.atmos.distribution;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Secrets, which are looked for as they are, in base64 wherever they begin there, and in URLs. */
final class Canaries {
  /** What is shorter could be anywhere by chance. */
  private static final int SHORTEST = 12;

  private final List<Secret> secrets = new ArrayList<>();

  private record Secret(String text, List<String> forms) {}

  Canaries(List<String> secrets) {
    for (String secret : new LinkedHashSet<>(secrets)) {
      if (secret.length() >= SHORTEST) {
        this.secrets.add(new Secret(secret, forms(secret)));
      }
    }
  }

  int count() {
    return secrets.size();
  }

  private static List<String> forms(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      // Whatever stands before and behind it shares its first and its last letters.
      byte[] moved = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, moved, before, bytes.length);
      byte[] whole = Arrays.copyOf(moved, moved.length / 3 * 3);
      String middle = Base64.getEncoder().encodeToString(whole).substring(before == 0 ? 0 : 4);
      forms.add(middle);
      forms.add(middle.replace('+', '-').replace('/', '_'));
    }
    return List.copyOf(forms);
  }

  /** The first few letters of those that are in a text. */
  List<String> in(String text) {
    List<String> found = new ArrayList<>();
    for (Secret secret : secrets) {
      if (secret.forms().stream().anyMatch(text::contains)) {
        found.add(secret.text().substring(0, 4) + "... of " + secret.text().length());
      }
    }
    return found;
  }

  /** The files below a directory that hold any, with * for what is a digest. */
  Set<String> holders(Path directory) throws IOException {
    Set<String> holders = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (!in(name + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1)).isEmpty()) {
          holders.add(name.replaceAll("[0-9a-f]{64}", "*"));
        }
      }
    }
    return holders;
  }
}
