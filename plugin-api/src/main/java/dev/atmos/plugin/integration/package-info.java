/**
 * Integrations set something up with an identity's credentials, such as a cluster in the
 * kubeconfig. A plugin supplies kinds; the configuration names integrations of these kinds, and the
 * identities that they belong to.
 */
@NullMarked
package dev.atmos.plugin.integration;

import org.jspecify.annotations.NullMarked;
