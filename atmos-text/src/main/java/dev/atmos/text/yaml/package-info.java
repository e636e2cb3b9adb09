/** YAML: what SnakeYAML's parser reads from and complains about, and what is written. */
@NullMarked
package dev.atmos.text.yaml;

import org.jspecify.annotations.NullMarked;
