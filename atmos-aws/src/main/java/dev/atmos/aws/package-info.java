/**
 * How the features call AWS, by the AWS SDK for Java: with whose keys, where, for how long, and
 * what is said when it fails. A library: a feature is given what it makes, and no plugin of others
 * sees it.
 */
@NullMarked
package dev.atmos.aws;

import org.jspecify.annotations.NullMarked;
