package dev.atmos.cli.config.search;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.merge.ConfigMerge;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.TrustPolicy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sections that choose which files are read, and what of the program's own is used. Messages
 * name what they choose, so what a tag makes there counts only if its file is trusted for it.
 */
public final class FileChoices {
  private static final List<String> SECTIONS =
      List.of(MergeOrder.IMPORT, ConfigFile.BASE_PATH, Profiles.SECTION, Profiles.ENV);

  private final TrustPolicy trust;
  private final @Nullable DeferredValue include;

  /** Values by what was guarded: aliases of aliases can bring one to places without end. */
  private final IdentityHashMap<ConfigValue, ConfigValue> known = new IdentityHashMap<>();

  /**
   * @param include what an untrusted file includes, and the values are a part of; null for none
   */
  private FileChoices(TrustPolicy trust, @Nullable DeferredValue include) {
    this.trust = trust;
    this.include = include;
  }

  /** What a file holds, with values in these sections that refuse to be used until they may be. */
  public static ConfigMap guarded(ConfigMap root, TrustPolicy trust) {
    if (Collections.disjoint(SECTIONS, root.entries().keySet())) {
      return root;
    }
    FileChoices choices = new FileChoices(trust, null);
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(root.entries());
    SECTIONS.forEach(name ->
        entries.computeIfPresent(
            name,
            (_, entry) -> name.equals(Profiles.ENV) ? choices.env(entry) : choices.entry(entry)));
    return new ConfigMap(entries, root.position());
  }

  /** Of the variables, only those of atmos's own choose something here; programs get the others. */
  private ConfigMap.Entry env(ConfigMap.Entry entry) {
    if (!(entry.value() instanceof ConfigMap variables)) {
      return entry(entry);
    }
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
    variables
        .entries()
        .forEach((name, each) -> entries.put(name, name.startsWith("ATMOS_") ? entry(each) : each));
    return new ConfigMap.Entry(entry.keyPosition(), new ConfigMap(entries, variables.position()));
  }

  private ConfigMap.Entry entry(ConfigMap.Entry entry) {
    return new ConfigMap.Entry(entry.keyPosition(), guarded(entry.value()));
  }

  private ConfigValue guarded(ConfigValue value) {
    ConfigValue guarded = known.get(value);
    if (guarded == null) {
      guarded =
          switch (value) {
            case ConfigText text -> text(text);
            case ConfigList list ->
                new ConfigList(list.items().stream().map(this::guarded).toList(), list.position());
            case ConfigMap map -> {
              Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
              map.entries().forEach((key, entry) -> entries.put(key, entry(entry)));
              yield new ConfigMap(entries, map.position());
            }
            case DeferredValue tagged ->
                new DeferredValue(
                    tagged.tag(), tagged.argument(), tagged.position(), () -> made(tagged));
          };
      known.put(value, guarded);
    }
    return guarded;
  }

  private ConfigValue text(ConfigText text) {
    String variable = text.variable();
    DeferredValue brought = include;
    if (brought != null) {
      return new DeferredValue(
          brought.tag(), brought.argument(), text.position(), () -> refused(brought));
    }
    return variable == null
        ? text
        : new DeferredValue(
            Tags.ENV,
            String.valueOf(text.argument()),
            text.position(),
            () -> {
              trust.requireVariable(text.position(), variable, "", text.text());
              return text;
            });
  }

  private static ConfigValue refused(DeferredValue include) {
    throw new AtmosException(
        ExitCode.USAGE,
        include.position() + ": this file is not trusted, and can't include what chooses files",
        "write it in the file itself",
        null);
  }

  private ConfigValue made(DeferredValue tagged) {
    boolean brings =
        tagged.tag().startsWith(ConfigMerge.INCLUDE) && !trust.isTrusted(tagged.position());
    ConfigValue made = tagged.resolved();
    return brings ? new FileChoices(trust, tagged).guarded(made) : guarded(made);
  }
}
