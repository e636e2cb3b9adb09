/**
 * The host's own fakes for tests of plugins: a {@link dev.atmos.plugin.testkit.FakeContext} with
 * files in memory, a clock that stands still and a console that remembers; and the contracts that
 * every plugin has to pass.
 */
@NullMarked
package dev.atmos.plugin.testkit;

import org.jspecify.annotations.NullMarked;
