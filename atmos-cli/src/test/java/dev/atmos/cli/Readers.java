package dev.atmos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Readers of what the program writes, none of which is the program's own. */
public final class Readers {
  private static final int LARGE = 64 * 1024 * 1024;

  private Readers() {}

  /** As a reader of YAML 1.1 takes it. */
  public static @Nullable Object yaml11(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGE);
    return new Yaml(new SafeConstructor(options)).load(text);
  }

  /** As a reader of YAML 1.2 takes it. */
  public static @Nullable Object yaml12(String text) {
    return new Load(LoadSettings.builder().setCodePointLimit(LARGE).build()).loadFromString(text);
  }

  /** As a strict reader of JSON takes it: one value, no key twice. */
  public static @Nullable Object json(String text) {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    try {
      return mapper.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** A tree with every number as its text, so that types of numbers don't matter. */
  public static @Nullable Object withoutNumbers(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, withoutNumbers(value)));
        yield copy;
      }
      case Collection<?> items -> {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object item : items) {
          copy.add(withoutNumbers(item));
        }
        yield copy;
      }
      case Number number -> "number " + plain(new BigDecimal(number.toString()));
      case null, default -> tree;
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
