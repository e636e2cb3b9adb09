@NullMarked
package dev.atmos.cli.view;

import org.jspecify.annotations.NullMarked;
