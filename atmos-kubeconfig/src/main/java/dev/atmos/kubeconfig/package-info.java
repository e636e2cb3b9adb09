/**
 * Changes kubeconfigs and leaves every byte of other tools' entries as it is. {@link
 * dev.atmos.kubeconfig.plan.Planner} decides what changes, {@link
 * dev.atmos.kubeconfig.yaml.YamlEditor} changes the text and checks the result by parsing it again,
 * and {@link dev.atmos.kubeconfig.file.KubeconfigFiles} applies the plan under a lock.
 */
@NullMarked
package dev.atmos.kubeconfig;

import org.jspecify.annotations.NullMarked;
