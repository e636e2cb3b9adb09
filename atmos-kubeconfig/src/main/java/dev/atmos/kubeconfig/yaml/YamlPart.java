package dev.atmos.kubeconfig.yaml;

/** A part of a list or of a mapping: an item, or a key with its value. */
sealed interface YamlPart permits YamlNode, YamlNode.Pair {

  /** The node that the part begins with. */
  YamlNode first();

  /** The node that the part ends with. */
  YamlNode last();

  /** Whether both have the same values in the same notation, wherever they stand. */
  boolean sameAs(YamlPart other);

  /** Whether an alias refers to a node of this part. */
  boolean isReferenced();
}
