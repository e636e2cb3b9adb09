package dev.atmos.plugin.kube;

/** Whether {@code current-context} becomes that of the first cluster that is added. */
public enum ContextSwitch {
  /** It does. */
  ALWAYS,
  /** It does where no context is current. */
  IF_UNSET,
  /** It doesn't. */
  NEVER
}
