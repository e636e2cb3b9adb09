package dev.atmos.services.kube;

/** Whether {@code current-context} becomes that of the first cluster that is added. */
public enum CurrentContext {
  /** It does. */
  ALWAYS,
  /** It does where no context is current. */
  IF_UNSET,
  /** It doesn't. */
  NEVER
}
