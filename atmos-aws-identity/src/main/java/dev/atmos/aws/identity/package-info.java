/**
 * The providers and identities of AWS, and those that need no cloud: one class or package a kind.
 */
@NullMarked
package dev.atmos.aws.identity;

import org.jspecify.annotations.NullMarked;
