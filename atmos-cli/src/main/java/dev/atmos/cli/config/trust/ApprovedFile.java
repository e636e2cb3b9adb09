package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.CommandRunner;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.ConfigPorts;
import dev.atmos.cli.config.merge.MergeLimit;
import dev.atmos.cli.config.yaml.Tags;
import dev.atmos.cli.config.yaml.YamlReader;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.io.Directories;
import dev.atmos.services.config.ConfigValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file as it is now, read alone, beside what the user has approved of it. */
public final class ApprovedFile {
  private final ConfigValue content;
  private final TrustRequests requests;
  private final ConfigFileCache cache;
  private final Path directory;

  private ApprovedFile(
      ConfigValue content, TrustRequests requests, ConfigFileCache cache, Path directory) {
    this.content = content;
    this.requests = requests;
    this.cache = cache;
    this.directory = directory;
  }

  /** The file of a record; null if it isn't there any more. */
  public static @Nullable ApprovedFile of(TrustRecord record, TrustPorts host) {
    Directories directories = host.directories();
    ConfigFileCache cache = new ConfigFileCache(host.reader(), directories, host.environment());
    FileTrust trust = new FileTrust(host, cache, false);
    try {
      Path path = directories.workingDirectory().getFileSystem().getPath(record.path());
      ConfigFile file = cache.find(path, null);
      if (file == null || !trust.real(file).equals(path)) {
        return null;
      }
      ConfigPorts ports =
          new ConfigPorts(
              directories, host.environment(), cache, CommandRunner::none, trust, trust);
      return new ApprovedFile(
          content(file, new Tags(ports, file, /* explained= */ true, null)),
          new TrustRequests(trust, cache, directories, host.reader()),
          cache,
          path);
    } catch (InvalidPathException | AtmosException e) {
      return null;
    }
  }

  private static ConfigValue content(ConfigFile file, Tags tags) {
    try {
      ConfigValue content = YamlReader.readAny(file, tags, new MergeLimit());
      return content == null ? TrustRequests.whole(file.source()) : content;
    } catch (AtmosException e) {
      return TrustRequests.whole(file.source());
    }
  }

  /** What is approved and isn't there any more, or is another value now. */
  public List<TrustRecord.Approval> changed(TrustRecord record) {
    List<TrustRecord.Approval> changed = new ArrayList<>();
    for (TrustRecord.Approval approval : record.approvals()) {
      try {
        if (!holds(approval)) {
          changed.add(approval);
        }
      } catch (AtmosException e) {
        changed.add(approval);
      }
    }
    return changed;
  }

  private boolean holds(TrustRecord.Approval approval) {
    String subject = approval.subject();
    if (approval.isScript()) {
      String path = subject.substring(TrustRecord.SCRIPT.length());
      return approval.digest().equals(requests.digest(path));
    }
    if (subject.startsWith(TrustRecord.LINK)) {
      Path link = directory.resolve(subject.substring(TrustRecord.LINK.length()));
      return approval.digest().equals(TrustRecord.sha256(cache.real(link, null).toString()));
    }
    int blank = subject.indexOf(' ');
    String keys = subject.substring(blank + 1);
    if (keys.contains(TrustRecord.IN)) {
      // What another file makes of it, only a use of it can tell.
      return true;
    }
    ValueSearch.Place place = ValueSearch.at(content, keys);
    if (place == null) {
      return false;
    }
    return approval.isDefinition()
        ? approval.digest().equals(WrittenValue.digest("", place.value(), true))
        : approval.equals(
            TrustRequests.approval(Effect.valueOf(subject.substring(0, blank)), keys, place));
  }
}
