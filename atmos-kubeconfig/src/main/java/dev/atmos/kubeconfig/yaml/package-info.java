/**
 * Edits YAML files without changing any other byte: a parser that knows where each node stands, and
 * an editor that splices the text.
 */
@NullMarked
package dev.atmos.kubeconfig.yaml;

import org.jspecify.annotations.NullMarked;
