package dev.atmos.services.kube;

import dev.atmos.plugin.base.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is done to which file, and how it will be called; a value that can be printed and compared.
 *
 * @param files the files that change, in the order in which they are written
 * @param clusters the clusters that were asked for, in the order of the request
 * @param contextBefore which context is current before it, if one is
 * @param contextAfter which context is current after it, if one is
 * @param warnings what the user should know, a sentence each
 */
public record KubeconfigPlan(
    List<FileChange> files,
    List<Access> clusters,
    @Nullable String contextBefore,
    @Nullable String contextAfter,
    List<String> warnings) {

  /** Keeps copies of the lists. */
  public KubeconfigPlan {
    files = List.copyOf(files);
    clusters = List.copyOf(clusters);
    warnings = List.copyOf(warnings);
  }

  /** Whether nothing would change. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /**
   * The plan for a person, a change in each line: {@code add context "dev" in
   * /home/dev/.kube/config}.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (FileChange file : files) {
      for (EntryChange change : file.changes()) {
        lines.add(change + " in " + file.path());
      }
    }
    return lines;
  }

  /**
   * The names by which a cluster is found.
   *
   * @param arn which cluster
   * @param identity the identity, if the request named one
   * @param clusterEntry the name of the cluster's entry
   * @param context the name of the context, for {@code kubectl --context}
   * @param user the name of the user's entry
   * @param current whether the context is the current one after it
   */
  public record Access(
      ClusterArn arn,
      @Nullable String identity,
      String clusterEntry,
      String context,
      String user,
      boolean current) {}

  /**
   * What changes in a file.
   *
   * @param path as the user named it, absolute
   * @param created whether it isn't there yet
   * @param changes what changes, in the order of the file's lists
   * @param preview the text of the whole file after it, which may hold other people's tokens
   */
  public record FileChange(Path path, boolean created, List<EntryChange> changes, Secret preview) {

    /** Keeps a copy of the list. */
    public FileChange {
      changes = List.copyOf(changes);
    }
  }

  /**
   * What changes of an entry. Says no values, which might be secrets.
   *
   * @param action what is done
   * @param kind to what
   * @param name the entry's name; with {@link Kind#CURRENT_CONTEXT}, the context that becomes the
   *     current one, or was it
   * @param fields the paths of the fields that change, such as {@code exec.args}; empty where the
   *     whole entry is added or removed
   */
  public record EntryChange(Action action, Kind kind, String name, List<String> fields) {

    /** Keeps a copy of the list. */
    public EntryChange {
      fields = List.copyOf(fields);
    }

    /** {@code change cluster "demo" (server)}. */
    @Override
    public String toString() {
      String line = words(action) + " " + words(kind) + " \"" + name + "\"";
      return fields.isEmpty() ? line : line + " (" + String.join(", ", fields) + ")";
    }

    private static String words(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What is done to an entry. */
  public enum Action {
    /** It is new. */
    ADD,
    /** Some of it changes. */
    CHANGE,
    /** It is taken out. */
    REMOVE
  }

  /** What an entry is. */
  public enum Kind {
    /** One of {@code clusters}. */
    CLUSTER,
    /** One of {@code contexts}. */
    CONTEXT,
    /** One of {@code users}. */
    USER,
    /** {@code current-context}. */
    CURRENT_CONTEXT
  }
}
