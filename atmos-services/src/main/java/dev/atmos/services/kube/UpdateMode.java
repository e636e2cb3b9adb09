package dev.atmos.services.kube;

/** What becomes of entries of ours that are there already. */
public enum UpdateMode {
  /** What the user has added to them stays. */
  MERGE,
  /** They are written anew. Nobody else's are touched. */
  REPLACE,
  /** The first one that isn't as it should be is an error. */
  ERROR
}
