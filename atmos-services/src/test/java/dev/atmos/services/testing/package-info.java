/**
 * Fakes of the services for tests of built-in features: a {@link
 * dev.atmos.services.testing.FakeServices} is to them what a {@link
 * dev.atmos.plugin.testkit.FakeContext} is to other plugins.
 */
@NullMarked
package dev.atmos.services.testing;

import org.jspecify.annotations.NullMarked;
